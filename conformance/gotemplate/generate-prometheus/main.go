// Observes what Prometheus makes of the templates of alerting rules, and writes it into the file named:
// go run . ../prometheus.json
package main

import (
	"bytes"
	"context"
	"encoding/json"
	"errors"
	"net/url"
	"os"
	"time"

	"github.com/prometheus/common/model"
	"github.com/prometheus/prometheus/model/labels"
	"github.com/prometheus/prometheus/promql"
	"github.com/prometheus/prometheus/template"
)

type Case struct {
	Template string   `json:"template"`
	Value    *float64 `json:"value,omitempty"`
	Output   *string  `json:"output,omitempty"`
	Error    string   `json:"error,omitempty"`
}

type File struct {
	Prometheus     string                         `json:"prometheus"`
	Time           int64                          `json:"time"`
	ExternalURL    string                         `json:"externalUrl"`
	Labels         map[string]string              `json:"labels"`
	ExternalLabels map[string]string              `json:"externalLabels"`
	Value          float64                        `json:"value"`
	Queries        map[string][]map[string]string `json:"queries"`
	Cases          []Case                         `json:"cases"`
}

// What a rule puts before each of its templates.
const variables = "{{$labels := .Labels}}{{$externalLabels := .ExternalLabels}}{{$externalURL := .ExternalURL}}{{$value := .Value}}"

func main() {
	path := os.Args[1]
	content, err := os.ReadFile(path)
	check(err)
	var file File
	check(json.Unmarshal(content, &file))
	for i := range file.Cases {
		one := &file.Cases[i]
		one.Output, one.Error = run(file, *one)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	check(encoder.Encode(file))
	check(os.WriteFile(path, out.Bytes(), 0o644))
}

func run(file File, one Case) (*string, string) {
	external, err := url.Parse(file.ExternalURL)
	check(err)
	value := file.Value
	if one.Value != nil {
		value = *one.Value
	}
	query := func(_ context.Context, expression string, _ time.Time) (promql.Vector, error) {
		series, ok := file.Queries[expression]
		if !ok {
			return nil, errors.New("no such series")
		}
		vector := promql.Vector{}
		for i, one := range series {
			vector = append(vector, promql.Sample{F: float64(i + 1), Metric: labels.FromMap(one)})
		}
		return vector, nil
	}
	data := template.AlertTemplateData(file.Labels, file.ExternalLabels, file.ExternalURL, promql.Sample{F: value})
	text, err := template.NewTemplateExpander(context.Background(), variables+one.Template, "__alert_Down", data, model.Time(file.Time), query, external, nil).Expand()
	if err != nil {
		return nil, err.Error()
	}
	return &text, ""
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

// Observes what Go's text/template and html/template make of the cases of the files named, and writes it into them:
// go run . ../text.json ../html.json
package main

import (
	"bytes"
	"encoding/json"
	"errors"
	htmltemplate "html/template"
	"io"
	"os"
	"strings"
	"text/template"
	"time"
)

type Case struct {
	Template   string  `json:"template"`
	MissingKey string  `json:"missingKey,omitempty"`
	Data       any     `json:"data,omitempty"`
	Output     *string `json:"output,omitempty"`
	Error      string  `json:"error,omitempty"`
}

type File struct {
	Go    string `json:"go"`
	Html  bool   `json:"html"`
	Data  any    `json:"data"`
	Cases []Case `json:"cases"`
}

type executable interface {
	Execute(w io.Writer, data any) error
}

// What the test's own functions are; packages/gotemplate/src/testing/functions.ts has the same.
var functions = map[string]any{
	"upper":    strings.ToUpper,
	"half":     func(value float64) float64 { return value / 2 },
	"plus":     func(a, b int) int { return a + b },
	"words":    func(words ...string) []string { return words },
	"labels":   func() map[string]string { return map[string]string{"job": "node", "dc": "eu"} },
	"refuse":   func() (string, error) { return "", errors.New("refused") },
	"typed":    func(value any) any { return value },
	"minutes":  func(count int) time.Duration { return time.Duration(count) * time.Minute },
	"month":    func(count int) time.Month { return time.Month(count) },
	"upperer":  func() func(string) string { return strings.ToUpper },
	"safeHtml": func(text string) htmltemplate.HTML { return htmltemplate.HTML(text) },
	"time":     func(seconds int) time.Time { return time.Unix(int64(seconds), 5e8).UTC() },
	"zone": func(name string, value time.Time) (time.Time, error) {
		location, err := time.LoadLocation(name)
		return value.In(location), err
	},
}

func main() {
	for _, path := range os.Args[1:] {
		observe(path)
	}
}

func observe(path string) {
	content, err := os.ReadFile(path)
	check(err)
	var file File
	check(json.Unmarshal(content, &file))
	for i := range file.Cases {
		one := &file.Cases[i]
		data := one.Data
		if data == nil {
			data = file.Data
		}
		one.Output, one.Error = run(file.Html, *one, data)
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	check(encoder.Encode(file))
	check(os.WriteFile(path, out.Bytes(), 0o644))
}

func run(html bool, one Case, data any) (*string, string) {
	option := "missingkey=" + one.MissingKey
	if one.MissingKey == "" {
		option = "missingkey=default"
	}
	var parsed executable
	var err error
	if html {
		parsed, err = htmltemplate.New("t").Option(option).Funcs(functions).Parse(one.Template)
	} else {
		parsed, err = template.New("t").Option(option).Funcs(functions).Parse(one.Template)
	}
	if err != nil {
		return nil, err.Error()
	}
	var out bytes.Buffer
	if err := parsed.Execute(&out, data); err != nil {
		return nil, err.Error()
	}
	text := out.String()
	return &text, ""
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

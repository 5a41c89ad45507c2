// Observes what Alertmanager makes of templates of notifications, and writes it into the file named:
// go run . ../alertmanager.json
package main

import (
	"bytes"
	"encoding/json"
	"os"
	"time"

	"github.com/prometheus/alertmanager/template"
)

type Case struct {
	Template string  `json:"template"`
	Html     bool    `json:"html,omitempty"`
	Output   *string `json:"output,omitempty"`
	Error    string  `json:"error,omitempty"`
}

type Alert struct {
	Status       string            `json:"status"`
	Labels       map[string]string `json:"labels"`
	Annotations  map[string]string `json:"annotations"`
	StartsAt     time.Time         `json:"startsAt"`
	EndsAt       time.Time         `json:"endsAt"`
	GeneratorURL string            `json:"generatorUrl"`
	Fingerprint  string            `json:"fingerprint"`
}

type File struct {
	Alertmanager string `json:"alertmanager"`
	Data         struct {
		Receiver           string            `json:"receiver"`
		Status             string            `json:"status"`
		Alerts             []Alert           `json:"alerts"`
		NotificationReason string            `json:"notificationReason"`
		GroupLabels        map[string]string `json:"groupLabels"`
		CommonLabels       map[string]string `json:"commonLabels"`
		CommonAnnotations  map[string]string `json:"commonAnnotations"`
		RouteLabels        map[string]string `json:"routeLabels"`
		ExternalURL        string            `json:"externalUrl"`
	} `json:"data"`
	Cases []Case `json:"cases"`
}

func main() {
	path := os.Args[1]
	content, err := os.ReadFile(path)
	check(err)
	var file File
	check(json.Unmarshal(content, &file))
	templates, err := template.New()
	check(err)
	data := dataOf(file)
	for i := range file.Cases {
		one := &file.Cases[i]
		execute := templates.ExecuteTextString
		if one.Html {
			execute = templates.ExecuteHTMLString
		}
		text, err := execute(one.Template, data)
		one.Output, one.Error = nil, ""
		if err != nil {
			one.Error = err.Error()
		} else {
			one.Output = &text
		}
	}
	var out bytes.Buffer
	encoder := json.NewEncoder(&out)
	encoder.SetEscapeHTML(false)
	encoder.SetIndent("", "  ")
	check(encoder.Encode(file))
	check(os.WriteFile(path, out.Bytes(), 0o644))
}

func dataOf(file File) *template.Data {
	alerts := template.Alerts{}
	for _, one := range file.Data.Alerts {
		alerts = append(alerts, template.Alert{
			Status: one.Status, Labels: one.Labels, Annotations: one.Annotations, StartsAt: one.StartsAt,
			EndsAt: one.EndsAt, GeneratorURL: one.GeneratorURL, Fingerprint: one.Fingerprint,
		})
	}
	return &template.Data{
		Receiver: file.Data.Receiver, Status: file.Data.Status, Alerts: alerts,
		NotificationReason: file.Data.NotificationReason, GroupLabels: file.Data.GroupLabels,
		CommonLabels: file.Data.CommonLabels, CommonAnnotations: file.Data.CommonAnnotations,
		RouteLabels: file.Data.RouteLabels, ExternalURL: file.Data.ExternalURL,
	}
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}

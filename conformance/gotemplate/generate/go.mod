module vigie/conformance/gotemplate

go 1.24

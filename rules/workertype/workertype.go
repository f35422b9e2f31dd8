// Package workertype finds classic workers that load a Pyodide which is a module.
package workertype

import (
	_ "embed"
	"fmt"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

//go:embed worker-type.md
var doc string

// Rule is worker-type.
var Rule = &analysis.Rule{
	Name: "worker-type", Group: analysis.RealmGroup, Severity: analysis.Error, Doc: doc, CheckFile: check,
}

func check(p *analysis.FilePass) {
	if p.View.Versions == 0 || p.View.Because == "" || p.View.Versions.And(pyodide.Before(pyodide.OnlyModules)) != 0 {
		return // which Pyodide it is is not known, or it is one that classic workers can load as well
	}
	for _, c := range p.File.Classic {
		p.ReportSpan(analysis.Finding{
			Span: c.Span, Versions: p.View.Versions, Because: p.View.Because,
			Message: fmt.Sprintf("Pyodide %s refuses classic workers, which importScripts is for: the worker has to be a module that imports pyodide.mjs", p.View.Versions),
		})
	}
}

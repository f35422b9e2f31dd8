// Package rules lists the rules.
package rules

import (
	"pyodide-ls/analysis"
	"pyodide-ls/rules/barecallback"
	"pyodide-ls/rules/blockmain"
	"pyodide-ls/rules/brokendocument"
	"pyodide-ls/rules/copynotview"
	"pyodide-ls/rules/misspeltignore"
	"pyodide-ls/rules/nonatomicrmw"
	"pyodide-ls/rules/ownerlessproxy"
	"pyodide-ls/rules/synchttpmain"
	"pyodide-ls/rules/unusedignore"
)

// All is every rule, sorted by name.
var All = []*analysis.Rule{
	barecallback.Rule,
	blockmain.Rule,
	brokendocument.Rule,
	copynotview.Rule,
	misspeltignore.Rule,
	nonatomicrmw.Rule,
	ownerlessproxy.Rule,
	synchttpmain.Rule,
	unusedignore.Rule,
}

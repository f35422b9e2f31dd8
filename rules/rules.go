// Package rules lists the rules.
package rules

import (
	"pyodide-ls/analysis"
	"pyodide-ls/rules/barecallback"
	"pyodide-ls/rules/blockmain"
	"pyodide-ls/rules/misspeltignore"
	"pyodide-ls/rules/ownerlessproxy"
	"pyodide-ls/rules/unusedignore"
)

// All is every rule, sorted by name.
var All = []*analysis.Rule{
	barecallback.Rule,
	blockmain.Rule,
	misspeltignore.Rule,
	ownerlessproxy.Rule,
	unusedignore.Rule,
}

// Package rules lists the rules.
package rules

import (
	"pyodide-ls/analysis"
	"pyodide-ls/rules/assigndtype"
	"pyodide-ls/rules/atomicswaitmain"
	"pyodide-ls/rules/barecallback"
	"pyodide-ls/rules/blockmain"
	"pyodide-ls/rules/brokendocument"
	"pyodide-ls/rules/callbackarity"
	"pyodide-ls/rules/callnow"
	"pyodide-ls/rules/copynotview"
	"pyodide-ls/rules/earlydestroy"
	"pyodide-ls/rules/floatatomics"
	"pyodide-ls/rules/heapview"
	"pyodide-ls/rules/keepalivegrowth"
	"pyodide-ls/rules/listenerleak"
	"pyodide-ls/rules/misaligned"
	"pyodide-ls/rules/misspeltignore"
	"pyodide-ls/rules/nonatomicrmw"
	"pyodide-ls/rules/oncemisuse"
	"pyodide-ls/rules/ownerlessproxy"
	"pyodide-ls/rules/promisealllist"
	"pyodide-ls/rules/refcycle"
	"pyodide-ls/rules/removelistener"
	"pyodide-ls/rules/sabnotisolated"
	"pyodide-ls/rules/sabraw"
	"pyodide-ls/rules/sabtransfer"
	"pyodide-ls/rules/sharedviewrejected"
	"pyodide-ls/rules/spinwait"
	"pyodide-ls/rules/synchttpmain"
	"pyodide-ls/rules/tojsleftover"
	"pyodide-ls/rules/threads"
	"pyodide-ls/rules/toplevelawait"
	"pyodide-ls/rules/unusedignore"
	"pyodide-ls/rules/workerdom"
	"pyodide-ls/rules/workertype"
	"pyodide-ls/rules/wrappermisuse"
)

// All is every rule, sorted by name.
var All = []*analysis.Rule{
	assigndtype.Rule,
	atomicswaitmain.Rule,
	barecallback.Rule,
	blockmain.Rule,
	brokendocument.Rule,
	callnow.Rule,
	callbackarity.Rule,
	copynotview.Rule,
	earlydestroy.Rule,
	floatatomics.Rule,
	heapview.Rule,
	keepalivegrowth.Rule,
	listenerleak.Rule,
	misaligned.Rule,
	misspeltignore.Rule,
	nonatomicrmw.Rule,
	oncemisuse.Rule,
	ownerlessproxy.Rule,
	promisealllist.Rule,
	refcycle.Rule,
	removelistener.Rule,
	sabnotisolated.Rule,
	sabraw.Rule,
	sabtransfer.Rule,
	sharedviewrejected.Rule,
	spinwait.Rule,
	synchttpmain.Rule,
	tojsleftover.Rule,
	threads.Rule,
	toplevelawait.Rule,
	unusedignore.Rule,
	workerdom.Rule,
	workertype.Rule,
	wrappermisuse.Rule,
}

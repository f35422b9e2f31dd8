package pyodide

// Modules is where Python finds what is imported already.
const Modules = "sys.modules"

// HiddenModules are the modules that hold the page, which code takes out of Modules to keep others from them. Who runs in
// the same Python imports them anew, or comes to the page by way of any object of JavaScript: its constructor's constructor
// makes functions of texts.
// Source: https://tc39.es/ecma262/#sec-function-p1-p2-pn-body
var HiddenModules = map[string]bool{"js": true, "pyodide_js": true}

package pyodide

// releasers are the functions of the package bridge, which is in the gallery, that destroy the proxy that they are given.
// What keep_alive gives is among the ProxyMakers, and what listen calls among the Callers.
// Source: gallery/bridge/src/bridge/core.py
var releasers = map[string]bool{"bridge.release": true, "bridge.core.release": true}

// holds says whether a call of a canonical name makes a proxy and keeps it, until somebody releases that.
func holds(name string) bool { return ProxyMakers[name].Held }

package proof

import (
	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
)

// Mode is in what an example is run.
type Mode struct {
	Version  pyodide.Version
	Realm    pyodide.Realms // the main thread or a worker
	JSPI     bool
	Isolated bool // whether the page is cross-origin isolated
	PyScript bool // whether it is a page of PyScript that stands as it is
}

func (m Mode) String() string { return "Pyodide " + m.Version.String() + ", " + m.Setting() }

// Setting is the mode without its version, in words.
func (m Mode) Setting() string {
	text := m.Realm.String()
	if m.PyScript {
		text = "a page of PyScript"
	}
	if !m.JSPI {
		text += ", no JSPI"
	}
	if !m.Isolated {
		text += ", not isolated"
	}
	return text
}

// modes are those in which an example of a page is run, without the version. JSPI is taken away where the page tells
// browsers by it.
func modes(page *analysis.Page, fence *analysis.Fence) []Mode {
	m := Mode{Realm: pyodide.Main, JSPI: true, Isolated: fence.Set["isolation"] == "", PyScript: fence.Language == "html"}
	if r, ok := pyodide.ParseRealm(fence.Set["realm"]); ok {
		m.Realm = r
	}
	switch {
	case fence.Set["jspi"] == "on":
		return []Mode{m}
	case !tellsByJSPI(page) || m.Realm != pyodide.Main || m.PyScript:
		return []Mode{m}
	}
	without := m
	without.JSPI = false
	return []Mode{m, without}
}

func tellsByJSPI(page *analysis.Page) bool {
	for _, f := range page.Fences {
		if f.Set["jspi"] != "" {
			return true
		}
	}
	for _, line := range page.Proofs {
		if c, err := ParseClaim(line); err == nil && c.JSPI != "" {
			return true
		}
	}
	return false
}

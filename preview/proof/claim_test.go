package proof_test

import (
	"strings"
	"testing"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/preview/proof"
)

func TestParseClaim(t *testing.T) {
	all := pyodide.AllVersions
	for _, test := range []struct {
		line string
		want proof.Claim
	}{
		{`bad: uncaught "gone"`, proof.Claim{Role: "bad", Versions: all, Kind: analysis.Uncaught, Text: "gone"}},
		{`bad: raised "say \"a\""`, proof.Claim{Role: "bad", Versions: all, Kind: analysis.Raised, Text: `say "a"`}},
		{`fixed: printed "tick"`, proof.Claim{Role: "fixed", Versions: all, Kind: analysis.Printed, Text: "tick"}},
		{`instead: posted "2"`, proof.Claim{Role: "instead", Versions: all, Kind: analysis.Posted, Text: "2"}},
		{`good: logged "done"`, proof.Claim{Role: "good", Versions: all, Kind: analysis.Logged, Text: "done"}},
		{`bad: unsynced "/kept"`, proof.Claim{Role: "bad", Versions: all, Kind: analysis.Unsynced, Text: "/kept"}},
		{`bad: blocked 200 ms`, proof.Claim{Role: "bad", Versions: all, Kind: analysis.Blocked, Least: 200}},
		{`fixed: blocked under 50 ms`, proof.Claim{Role: "fixed", Versions: all, Kind: analysis.Blocked, Below: 50}},
		{`bad: live 1 proxy`, proof.Claim{Role: "bad", Versions: all, Kind: analysis.Live, Count: 1}},
		{`bad: live 3 proxies`, proof.Claim{Role: "bad", Versions: all, Kind: analysis.Live, Count: 3}},
		{`bad: jspi=off realm=worker pyodide=0.26..0.27 live 1 proxy`, proof.Claim{
			Role: "bad", Versions: pyodide.Before(pyodide.V028), Realm: pyodide.Worker, JSPI: "off", Kind: analysis.Live, Count: 1,
		}},
		{`bad: stopped`, proof.Claim{Role: "bad", Versions: all, Kind: analysis.Stopped}},
		{`none: it runs in no browser`, proof.Claim{Versions: all, None: "it runs in no browser"}},
	} {
		test.want.Line = test.line
		if got, err := proof.ParseClaim(test.line); err != nil || got != test.want {
			t.Errorf("%s\nis  %+v, %v\nnot %+v", test.line, got, err, test.want)
		}
	}
}

func TestParseNoClaim(t *testing.T) {
	for line, want := range map[string]string{
		``:                                  `is no line of a proof`,
		`none:`:                             `is no line of a proof`,
		`none: `:                            `is no line of a proof`,
		`worse: printed "a"`:                `is no line of a proof`,
		`bad printed "a"`:                   `is no line of a proof`,
		`bad: colour=red printed "a"`:       `is no line of a proof`,
		`bad: jspi=perhaps printed "a"`:     `"bad: jspi=perhaps printed \"a\"" says jspi=perhaps, which is no jspi`,
		`bad: realm=moon printed "a"`:       `says realm=moon, which is no realm`,
		`bad: pyodide=0.20 printed "a"`:     `says pyodide=0.20, which is no pyodide`,
		`bad: printed`:                      `claims what cannot be observed`,
		`bad: printed a`:                    `claims what cannot be observed`,
		`bad: printed ""`:                   `claims what cannot be observed`,
		`bad: printed "a" "b"`:              `claims what cannot be observed`,
		`bad: warned "a"`:                   `claims what cannot be observed`,
		`bad: stopped "a"`:                  `claims what cannot be observed`,
		`bad: blocked 0 ms`:                 `claims what cannot be observed`,
		`bad: blocked 200`:                  `claims what cannot be observed`,
		`bad: blocked over 200 ms`:          `claims what cannot be observed`,
		`bad: live proxies`:                 `claims what cannot be observed`,
		`bad: live 0 proxies`:               `claims what cannot be observed`,
		`bad: uncaught "a" jspi=off`:        `claims what cannot be observed`,
		`fixed: blocked under 50 ms or so`:  `claims what cannot be observed`,
		`fixed: printed 'it is no Python'`:  `claims what cannot be observed`,
		`good: isolated "because it works"`: `claims what cannot be observed`,
	} {
		if got, err := proof.ParseClaim(line); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%s is %+v, %v; want %s", line, got, err, want)
		}
	}
}

func claim(t *testing.T, line string) proof.Claim {
	t.Helper()
	c, err := proof.ParseClaim(line)
	if err != nil {
		t.Fatal(err)
	}
	return c
}

func TestHolds(t *testing.T) {
	said := func(kind analysis.Observed, text string) analysis.Observation {
		return analysis.Observation{Kind: kind, Text: text}
	}
	for _, test := range []struct {
		line     string
		observed []analysis.Observation
		want     bool
	}{
		{`bad: uncaught "proxy was"`, []analysis.Observation{said(analysis.Uncaught, "Error: this proxy was destroyed")}, true},
		{`bad: uncaught "proxy was"`, []analysis.Observation{said(analysis.Raised, "Error: this proxy was destroyed")}, false},
		{`bad: uncaught "proxy was"`, nil, false},
		{`bad: logged "on"`, []analysis.Observation{said(analysis.Logged, "done")}, true},
		{`good: printed "1"`, []analysis.Observation{said(analysis.Printed, "0"), said(analysis.Printed, "1")}, true},
		{`good: printed "1"`, []analysis.Observation{said(analysis.Printed, "11")}, false},
		{`good: printed "1"`, []analysis.Observation{said(analysis.Posted, "1")}, false},
		{`good: posted "1"`, []analysis.Observation{said(analysis.Posted, "10")}, false},
		{`bad: blocked 200 ms`, []analysis.Observation{{Kind: analysis.Blocked, Milliseconds: 100}, {Kind: analysis.Blocked, Milliseconds: 200}}, true},
		{`bad: blocked 200 ms`, []analysis.Observation{{Kind: analysis.Blocked, Milliseconds: 100}, {Kind: analysis.Blocked, Milliseconds: 199}}, false},
		{`good: blocked under 50 ms`, nil, true},
		{`good: blocked under 50 ms`, []analysis.Observation{{Kind: analysis.Blocked, Milliseconds: 50}}, false},
		{`bad: live 3 proxies`, []analysis.Observation{{Kind: analysis.Live, Count: 1}, {Kind: analysis.Live, Count: 2}}, true},
		{`bad: live 3 proxies`, []analysis.Observation{{Kind: analysis.Live, Count: 4}}, false},
		{`bad: live 3 proxies`, nil, false},
	} {
		if got := claim(t, test.line).Holds(test.observed); got != test.want {
			t.Errorf("%s holds of %v: %t", test.line, test.observed, got)
		}
	}
}

func TestConcerns(t *testing.T) {
	m := proof.Mode{Version: pyodide.V027, Realm: pyodide.Worker, JSPI: true, Isolated: true}
	for line, want := range map[string]bool{
		`bad: printed "a"`:                                    true,
		`good: printed "a"`:                                   false,
		`bad: pyodide=0.27 printed "a"`:                       true,
		`bad: pyodide=0.28..314 printed "a"`:                  false,
		`bad: realm=worker printed "a"`:                       true,
		`bad: realm=main printed "a"`:                         false,
		`bad: jspi=on printed "a"`:                            true,
		`bad: jspi=off printed "a"`:                           false,
		`bad: jspi=on realm=worker pyodide=0.27 printed "a"`:  true,
		`bad: jspi=off realm=worker pyodide=0.27 printed "a"`: false,
		`none: nobody knows`:                                  false,
	} {
		if got := claim(t, line).Concerns("bad", m); got != want {
			t.Errorf("%s concerns a bad example in %s: %t", line, m, got)
		}
	}
}

func TestWord(t *testing.T) {
	for line, want := range map[string]string{
		`bad: printed "0"`: "prints 0", `bad: posted "0"`: "posts 0", `bad: blocked 1 ms`: "blocks", `bad: live 1 proxy`: "leaks",
		`bad: raised "a"`: "raises", `bad: uncaught "a"`: "uncaught", `bad: logged "a"`: "logged",
	} {
		if got := claim(t, line).Word(); got != want {
			t.Errorf("%s is %q in a table, want %q", line, got, want)
		}
	}
}

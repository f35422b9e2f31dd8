package live

import (
	"slices"
	"sync"

	"pyodide-ls/analysis"
	"pyodide-ls/analysis/source"
)

// Finding is what was found in a file without running it.
type Finding struct {
	analysis.Finding
	source.Point
	File  string // in the preview's folder, with slashes
	Claim analysis.Claim
	Named string // as what the claim calls the file
}

// measured says in words whether an observation shows what the finding claims.
func (f Finding) measured(o analysis.Observation) (words string, ok bool) {
	o.At, o.Made = f.named(o.At), f.named(o.Made)
	return f.Claim.Measured(o)
}

// named is a line of the finding's file as the claim calls it, and nothing for those of others.
func (f Finding) named(s *analysis.Site) *analysis.Site {
	if s == nil || s.File != f.File {
		return nil
	}
	return &analysis.Site{File: f.Named, Line: s.Line}
}

// board holds the findings to what is observed.
type board struct {
	hub *hub

	mu       sync.Mutex
	findings []Finding
	measured []string               // of each finding, what the browser showed of it
	observed []analysis.Observation // of lines, in this run
}

// put takes findings for those there were.
func (b *board) put(findings []Finding) {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.findings, b.measured = findings, make([]string, len(findings))
	for _, o := range b.observed {
		b.confirm(o)
	}
	b.tell()
}

// begin forgets what was observed.
func (b *board) begin() {
	b.mu.Lock()
	defer b.mu.Unlock()
	b.observed = nil
	if slices.ContainsFunc(b.measured, func(words string) bool { return words != "" }) {
		b.measured = make([]string, len(b.findings))
		b.tell()
	}
}

// observe says of findings that an observation confirms that it does.
func (b *board) observe(o analysis.Observation) {
	if o.At == nil && o.Made == nil {
		return
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	if len(b.observed) < most {
		b.observed = append(b.observed, o)
	}
	if b.confirm(o) {
		b.tell()
	}
}

// confirm says whether an observation says more of a finding than was known. It is called with the lock held.
func (b *board) confirm(o analysis.Observation) (more bool) {
	for i, f := range b.findings {
		words, ok := f.measured(o)
		if ok && words != b.measured[i] {
			b.measured[i], more = words, true
		}
	}
	return more
}

// tell tells consoles of all findings. It is called with the lock held.
func (b *board) tell() {
	type told struct {
		Rule     string `json:"rule"`
		Severity string `json:"severity"`
		Message  string `json:"message"`
		File     string `json:"file"`
		Line     int    `json:"line"`   // 1-based
		Column   int    `json:"column"` // 1-based, in code points
		Measured string `json:"measured"`
	}
	all := []told{}
	for i, f := range b.findings {
		all = append(all, told{f.Rule.Name, f.Severity.String(), f.Message, f.File, f.Line, f.Column, b.measured[i]})
	}
	b.hub.find(map[string]any{"findings": all})
}

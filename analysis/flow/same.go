package flow

import (
	"slices"

	"pyodide-ls/analysis/source"
)

// Same says whether two texts say the same of their functions, wherever they say it.
func (s Summaries) Same(other Summaries) bool {
	return slices.EqualFunc(s.Functions, other.Functions, Summary.same) && slices.EqualFunc(s.Classes, other.Classes, Class.same)
}

func (s Summary) same(other Summary) bool {
	return s.Name == other.Name && s.Async == other.Async && s.Generator == other.Generator && s.Receiver == other.Receiver && s.Gives == other.Gives &&
		slices.Equal(s.Parameters, other.Parameters) && slices.EqualFunc(s.Deeds, other.Deeds, Deed.same) && slices.EqualFunc(s.Calls, other.Calls, Open.sameAs)
}

func (d Deed) same(other Deed) bool {
	d.At, other.At = source.Range{}, source.Range{}
	return d == other
}

func (c Class) same(other Class) bool {
	return c.Name == other.Name && slices.Equal(c.Methods, other.Methods)
}

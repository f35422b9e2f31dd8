package optionsdict

import (
	"slices"

	"pyodide-ls/analysis/flow"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// why says what is wrong with a dict.
type why uint8

const (
	ignored why = iota
	hidden      // behind what the proxy of a dict has itself
	ofMap       // behind what a Map has
	record      // an operation goes through what it is given
)

// trouble is what is wrong with a dict, and in which versions.
type trouble struct {
	why      why
	at       syntax.Node
	key      string
	versions pyodide.Versions
}

// sight knows what JavaScript sees of the dicts of a text, in some versions.
type sight struct {
	flow     *flow.File
	targeted pyodide.Versions
}

// within are the options that a member of options holds, and whether all of that one's members are gone through; ok is
// false for a member that is handed on as it is.
func within(o pyodide.Options, key string) (inner pyodide.Options, record, ok bool) {
	if !o.Named() {
		return pyodide.Options{}, false, true
	}
	m, known := o.Option(key)
	inner, holds := m.Inner()
	return inner, m.Record, known && (holds || m.Record)
}

// bare is what is wrong with a dict, or with one in a list, that JavaScript gets a proxy of.
func (s *sight) bare(n syntax.Node, o pyodide.Options, whole bool) (t trouble, ok bool) {
	dicts, list := s.flow.Dicts(n)
	for _, d := range dicts {
		blind := s.targeted.Without(pyodide.SeesKeys)
		switch {
		case d.Empty() || whole && list || !o.Takes(list):
			continue
		case whole:
			return trouble{record, d.Made, "", s.targeted}, true
		}
		// What the proxy has itself is seen in all versions, and what is in the dict where the keys are.
		if t, ok := s.inside(d, o, hidden); ok && (s.targeted.And(pyodide.SeesKeys) != 0 || t.why == hidden && t.at == d.Made) {
			t.versions = s.targeted
			return t, true
		}
		if blind != 0 && !harmless(d) {
			return trouble{ignored, d.Made, "", blind}, true
		}
	}
	return trouble{}, false
}

// harmless says whether a dict says nothing but what holds without it.
func harmless(d flow.Dict) bool {
	return !d.Open && !slices.ContainsFunc(d.Items, func(i flow.Item) bool {
		value, constant := syntax.Constant(i.Value)
		usual, known := pyodide.Defaults[i.Key]
		return !constant || !known || value != usual
	})
}

// converted is what is wrong with a dict, or with one in a list, that to_js makes something of.
func (s *sight) converted(n syntax.Node, o pyodide.Options) (t trouble, ok bool) {
	maps := s.targeted.Without(pyodide.MakesObjects)
	dicts, list := s.flow.Dicts(n)
	for _, d := range dicts {
		if !o.Takes(list) || maps == 0 {
			continue
		}
		if t, ok := s.inside(d, o, ofMap); ok {
			t.versions = maps
			return t, true
		}
	}
	return trouble{}, false
}

// inside is what hides a key of a dict, or of one that it holds, from JavaScript that sees the other keys.
func (s *sight) inside(d flow.Dict, o pyodide.Options, as why) (t trouble, ok bool) {
	hides := pyodide.OfDicts
	if as == ofMap {
		hides = pyodide.OfMaps
	}
	for _, item := range d.Items {
		if _, known := o.Option(item.Key); hides[item.Key] && (known || !o.Named()) {
			return trouble{why: as, at: d.Made, key: item.Key}, true
		}
		inner, whole, ok := within(o, item.Key)
		if !ok {
			continue
		}
		dicts, list := s.flow.Dicts(item.Value)
		for _, d := range dicts {
			switch {
			case d.Empty() || whole && list || !inner.Takes(list):
			case whole && as == hidden:
				return trouble{why: record, at: d.Made}, true
			case !whole:
				if t, ok := s.inside(d, inner, as); ok {
					return t, true
				}
			}
		}
	}
	return trouble{}, false
}

package bigint

import (
	"pyodide-ls/analysis"
	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/source"
	"pyodide-ls/analysis/syntax"
)

// smaller makes a number of an int: milliseconds of the nanoseconds of a clock where those are wanted, else a float, which
// has not all of its digits.
func smaller(p *analysis.Pass, at, value syntax.Node, inMilliseconds bool) []analysis.Fix {
	if c, ok := p.Unit.Flow.CallAt(value); ok && pyodide.LargeCalls[c.Name] && inMilliseconds {
		end := value.Span().End
		return []analysis.Fix{{
			Title: "Make it milliseconds", Edits: []source.Edit{{Span: source.Span{Start: end, End: end}, New: " // 1_000_000"}},
		}}
	}
	if inMilliseconds {
		return nil // nobody knows of what unit it is
	}
	return around(p, at, value, "Make it a float", "float", analysis.Unsafe)
}

// asText hands an int over as text, of which JavaScript makes a BigInt on all versions.
// Source: https://tc39.es/ecma262/#sec-tobigint
func asText(p *analysis.Pass, at, item syntax.Node) []analysis.Fix {
	return around(p, at, item, "Hand it over as text", "str", analysis.Safe)
}

// around puts a call of a built-in function around a value that stands where the finding is.
func around(p *analysis.Pass, at, value syntax.Node, title, function string, applicability analysis.Applicability) []analysis.Fix {
	if !at.Holds(value) || !p.Free(at, function) || value.Kind() == syntax.NamedExpression {
		return nil
	}
	span := value.Span()
	return []analysis.Fix{{
		Title: title, Applicability: applicability,
		Edits: []source.Edit{
			{Span: source.Span{Start: span.Start, End: span.Start}, New: function + "("},
			{Span: source.Span{Start: span.End, End: span.End}, New: ")"},
		},
	}}
}

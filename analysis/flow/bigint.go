package flow

import (
	"math/big"
	"strings"

	"pyodide-ls/analysis/pyodide"
	"pyodide-ls/analysis/syntax"
)

// Large says whether an expression certainly gives an int of Python's that JavaScript gets as a BigInt.
func (f *File) Large(n syntax.Node) bool { return f.ask().large(n) }

func (q *query) large(n syntax.Node) bool {
	n = q.definition(n)
	if q.spent() {
		return false
	}
	if value := q.whole(n); value != nil {
		return value.CmpAbs(big.NewInt(pyodide.BigIntFrom)) >= 0
	}
	switch n.Kind() {
	case syntax.Call:
		name := q.scopes.Canonical(n.Child(syntax.FieldFunction))
		bits := q.whole(Positional(n, 0))
		return pyodide.LargeCalls[name] || pyodide.RandomBits[name] && bits != nil && bits.Cmp(big.NewInt(pyodide.EnoughBits)) >= 0
	case syntax.Attribute:
		of := q.definition(n.Child(syntax.FieldObject)).Child(syntax.FieldFunction)
		return pyodide.LargeAttributes[n.Child(syntax.FieldAttribute).Text()][q.scopes.Canonical(of)]
	case syntax.BinaryOperator:
		left, right := n.Child(syntax.FieldLeft), n.Child(syntax.FieldRight)
		more := q.whole(right)
		return n.Child(syntax.FieldOperator).Text() == "+" && q.whole(left) == nil && q.large(left) && more != nil && more.Sign() >= 0
	}
	return false
}

// wholeLimit bounds the exponents and shifts that are reckoned with, in bits.
const wholeLimit = 4096

// whole is the int that an expression of literals is, nil if it is none.
func (q *query) whole(n syntax.Node) *big.Int {
	n = q.definition(n)
	if q.spent() {
		return nil
	}
	switch n.Kind() {
	case syntax.Integer:
		value, ok := new(big.Int).SetString(strings.ToLower(n.Text()), 0)
		if !ok {
			return nil
		}
		return value
	case syntax.UnaryOperator:
		value := q.whole(n.Child(syntax.FieldArgument))
		if value == nil || n.Child(syntax.FieldOperator).Text() != "-" {
			return nil
		}
		return value.Neg(value)
	case syntax.BinaryOperator:
		a, b := q.whole(n.Child(syntax.FieldLeft)), q.whole(n.Child(syntax.FieldRight))
		if a == nil || b == nil || a.BitLen() > wholeLimit || b.BitLen() > wholeLimit {
			return nil
		}
		return reckoned(a, n.Child(syntax.FieldOperator).Text(), b)
	}
	return nil
}

func reckoned(a *big.Int, operator string, b *big.Int) *big.Int {
	small := b.Sign() >= 0 && b.Cmp(big.NewInt(wholeLimit)) < 0
	switch {
	case operator == "+":
		return a.Add(a, b)
	case operator == "-":
		return a.Sub(a, b)
	case operator == "*":
		return a.Mul(a, b)
	case operator == "**" && small && a.BitLen() <= 64:
		return a.Exp(a, b, nil)
	case operator == "<<" && small:
		return a.Lsh(a, uint(b.Int64()))
	}
	return nil
}

// Whole is the int that an expression of literals is, nil if it is none.
func (f *File) Whole(n syntax.Node) *big.Int { return f.ask().whole(n) }

// BigInt says whether an expression certainly is a BigInt of JavaScript: an item of an array of them, or one that was made.
func (f *File) BigInt(n syntax.Node) bool { return f.ask().bigInt(n) }

func (q *query) bigInt(n syntax.Node) bool {
	n = q.definition(n)
	if q.spent() {
		return false
	}
	switch n.Kind() {
	case syntax.Subscript:
		array, ok := q.view(n.Child(syntax.FieldValue))
		return ok && array.Array.Elements == pyodide.BigInts && n.Child(syntax.FieldSubscript).Kind() != syntax.Slice
	case syntax.Call:
		path := q.javaScript(n)
		if path != pyodide.Load+"()" {
			return pyodide.BigIntMakers[path]
		}
		array, ok := q.view(Positional(n, 0))
		return ok && array.Array.Elements == pyodide.BigInts
	case syntax.BinaryOperator:
		switch n.Child(syntax.FieldOperator).Text() {
		case "+", "-", "//": // a product with an int is an int
			return q.bigInt(n.Child(syntax.FieldLeft)) && q.whole(n.Child(syntax.FieldRight)) != nil
		}
	}
	return false
}

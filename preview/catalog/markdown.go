package catalog

import (
	"bytes"
	"html"
	"html/template"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"

	"github.com/yuin/goldmark"
	"github.com/yuin/goldmark/ast"
	"github.com/yuin/goldmark/extension"
	"github.com/yuin/goldmark/parser"
	"github.com/yuin/goldmark/renderer"
	"github.com/yuin/goldmark/text"
	"github.com/yuin/goldmark/util"

	"pyodide-ls/gallery"
)

// rendered is a text of Markdown that stands in a folder of the repository, as HTML. What is HTML in it already is left
// out.
func (c *Catalog) rendered(markdown, folder string) (template.HTML, error) {
	m := goldmark.New(
		goldmark.WithExtensions(extension.Table),
		goldmark.WithParserOptions(
			parser.WithAutoHeadingID(),
			parser.WithASTTransformers(util.Prioritized(&links{c, folder}, 100)),
		),
		goldmark.WithRendererOptions(renderer.WithNodeRenderers(util.Prioritized(fences{}, 100))),
	)
	var body bytes.Buffer
	if err := m.Convert([]byte(markdown), &body); err != nil {
		return "", err
	}
	return template.HTML(body.String()), nil //nolint:gosec // goldmark lets no HTML of the text through
}

// Code and links in a line of Markdown.
var (
	code = regexp.MustCompile("`([^`]+)`")
	link = regexp.MustCompile(`\[([^\]]+)\]\([^)]*\)`)
)

// inline is a line of Markdown as HTML, in which links are their texts.
func inline(line string) template.HTML {
	line = html.EscapeString(link.ReplaceAllString(line, "$1"))
	return template.HTML(code.ReplaceAllString(line, "<code>$1</code>")) //nolint:gosec // what was there is escaped
}

// links leads those of a text to pages that are here. Those that lead nowhere become their texts.
type links struct {
	catalog *Catalog
	folder  string // of the repository, with a slash at its end
}

func (l *links) Transform(document *ast.Document, _ text.Reader, _ parser.Context) {
	var all []*ast.Link
	//nolint:errcheck // nothing fails in it
	ast.Walk(document, func(n ast.Node, entering bool) (ast.WalkStatus, error) {
		if link, ok := n.(*ast.Link); ok && entering {
			all = append(all, link)
		}
		return ast.WalkContinue, nil
	})
	for _, one := range all {
		to, outside := l.to(string(one.Destination))
		switch {
		case to == "":
			unlink(one)
		case outside:
			one.SetAttributeString("target", []byte("_blank"))
			one.SetAttributeString("rel", []byte("noopener noreferrer"))
		}
		one.Destination = []byte(to)
	}
}

// unlink leaves the text of a link.
func unlink(link *ast.Link) {
	parent := link.Parent()
	for child := link.FirstChild(); child != nil; child = link.FirstChild() {
		link.RemoveChild(link, child)
		parent.InsertBefore(parent, link, child)
	}
	parent.RemoveChild(parent, link)
}

// to is where a link leads here, "" for nowhere, and whether that is outside.
func (l *links) to(destination string) (address string, outside bool) {
	u, err := url.Parse(destination)
	switch {
	case err != nil:
		return "", false
	case u.Scheme == "https" || u.Scheme == "http":
		return destination, true
	case u.Scheme != "" || u.Host != "" || strings.HasPrefix(u.Path, "/"):
		return "", false
	case u.Path == "":
		return destination, false // a heading of this text
	}
	parts := strings.Split(path.Join(l.folder, u.Path), "/")
	switch {
	case parts[0] == "rules" && len(parts) == 3 && path.Ext(parts[2]) == ".md":
		name := strings.TrimSuffix(parts[2], ".md")
		if _, ok := l.catalog.options.Rule(name); ok {
			return "/rule/" + name, false
		}
	case parts[0] == "gallery" && len(parts) > 1 && l.catalog.named(parts[1]) != nil:
		return "/pattern/" + parts[1] + "/" + strings.Join(parts[2:], "/"), false
	case slices.Equal(parts, []string{"gallery"}) || slices.Equal(parts, []string{"gallery", gallery.Readme}):
		return "/", false
	}
	return "", false
}

// fences are pieces of code, each with what it is said to be.
type fences struct{}

func (fences) RegisterFuncs(r renderer.NodeRendererFuncRegisterer) {
	r.Register(ast.KindFencedCodeBlock, func(w util.BufWriter, source []byte, n ast.Node, entering bool) (ast.WalkStatus, error) {
		if !entering {
			return ast.WalkContinue, nil
		}
		block := n.(*ast.FencedCodeBlock)
		said := ""
		if block.Info != nil {
			said = string(block.Info.Segment.Value(source))
		}
		w.WriteString("<figure>")
		if said != "" {
			w.WriteString("<figcaption>" + html.EscapeString(strings.ReplaceAll(said, "mermaid", "diagram, in the words of Mermaid")) + "</figcaption>")
		}
		w.WriteString("<pre tabindex=\"0\"><code>")
		for i := range block.Lines().Len() {
			line := block.Lines().At(i)
			w.WriteString(html.EscapeString(string(line.Value(source))))
		}
		w.WriteString("</code></pre></figure>\n")
		return ast.WalkContinue, nil
	})
}

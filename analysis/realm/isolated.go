package realm

import (
	"path"
	"slices"
)

// Isolated is what a file says of the headers that make pages cross-origin isolated.
type Isolated struct {
	Path string
	Isolation
}

// IsolationAt are what the files say of that that are nearest to a file, or to a page that brings it to run: it is the
// page that is isolated or not. What makes one of several pages so counts for the file: that the others are not is
// seldom certain.
func (g *Graph) IsolationAt(file string) []Isolated {
	var all []Isolated
	for _, at := range append([]string{file}, g.pagesOf(file)...) {
		for _, i := range g.nearest(at) {
			if !slices.Contains(all, i) {
				all = append(all, i)
			}
		}
	}
	return all
}

// nearest are what the files say that are nearest to a file, seen from its folder outwards.
func (g *Graph) nearest(file string) []Isolated {
	for dir := range around(file) {
		if all := g.isolation[dir]; len(all) > 0 {
			return all
		}
	}
	return nil
}

// pagesOf are the other pages that bring a file to run, by whatever way.
func (g *Graph) pagesOf(file string) []string {
	at, known := g.first[file]
	if !known || len(g.isolation) == 0 {
		return nil
	}
	var pages []string
	for ; at < len(g.nodes) && g.nodes[at].file == file; at++ {
		for _, i := range g.nodes[at].got {
			for ; i >= 0; i = g.arrivals[i].before {
				if page := g.nodes[g.arrivals[i].node].file; page != file && g.isPage(page) && !slices.Contains(pages, page) {
					pages = append(pages, page)
				}
			}
		}
	}
	return pages
}

func (g *Graph) isolate(paths []string) {
	g.isolation = map[string][]Isolated{}
	for _, file := range paths {
		for _, i := range g.files.known[file].Isolation {
			dir := path.Dir(file)
			g.isolation[dir] = append(g.isolation[dir], Isolated{file, i})
		}
	}
}

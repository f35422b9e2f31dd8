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
	if len(g.isolation) == 0 {
		return nil
	}
	return slices.DeleteFunc(g.behind(file), func(by string) bool { return !g.isPage(by) })
}

// behind are the other files that bring a file to run, by whatever way.
func (g *Graph) behind(file string) (all []string) {
	at, known := g.first[file]
	if !known {
		return nil
	}
	for ; at < len(g.nodes) && g.nodes[at].file == file; at++ {
		for _, i := range g.nodes[at].got {
			for ; i >= 0; i = g.arrivals[i].before {
				if by := g.nodes[g.arrivals[i].node].file; by != file && !slices.Contains(all, by) {
					all = append(all, by)
				}
			}
		}
	}
	return all
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

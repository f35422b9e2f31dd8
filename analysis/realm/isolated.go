package realm

import "path"

// Isolated is what a file says of the headers that make pages cross-origin isolated.
type Isolated struct {
	Path string
	Isolation
}

// IsolationAt are what the files say of that that are nearest to a file, seen from its folder outwards.
func (g *Graph) IsolationAt(file string) []Isolated {
	for dir := range around(file) {
		if all := g.isolation[dir]; len(all) > 0 {
			return all
		}
	}
	return nil
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

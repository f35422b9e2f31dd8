package scope

import "strings"

// Imported is what an import binds a name to: the module as the statement has it, and what of it; nothing of it where
// the name stands for the module.
func (f *File) Imported(b Binding) (module, path string) {
	for _, i := range f.imports {
		if i.Names != nil && i.Node.Holds(b.Node) {
			return i.Module, strings.TrimPrefix(b.Import[min(len(i.Module), len(b.Import)):], ".")
		}
	}
	return b.Import, ""
}

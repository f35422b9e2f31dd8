//go:build !unix

package lsp

import "os"

// alive says whether there is a process of a number.
func alive(pid int) bool {
	p, err := os.FindProcess(pid)
	if err != nil {
		return false
	}
	p.Release() //nolint:errcheck // there is nothing to be done about it
	return true
}

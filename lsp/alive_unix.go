//go:build unix

package lsp

import (
	"errors"
	"syscall"
)

// alive says whether there is a process of a number, whoever may send it signals.
func alive(pid int) bool {
	err := syscall.Kill(pid, 0)
	return err == nil || errors.Is(err, syscall.EPERM)
}

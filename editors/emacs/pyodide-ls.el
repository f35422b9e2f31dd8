;;; pyodide-ls.el --- Eglot starts pyodide-ls  -*- lexical-binding: t -*-

;;; Commentary:

;; Mistakes in Pyodide bridge code, the Python that runs in a web page and talks to JavaScript.  For Eglot 1.9 and
;; later: it comes with Emacs from 29 on, and is a package before.

;;; Code:

(require 'eglot)

(defgroup pyodide-ls nil
  "Mistakes in the Python of web pages."
  :group 'eglot)

(defcustom pyodide-ls-command '("pyodide-ls" "lsp")
  "The program of the server, with its arguments."
  :type '(repeat string))

(defcustom pyodide-ls-modes
  '(python-mode python-ts-mode html-mode html-ts-mode js-mode js-ts-mode tsx-ts-mode typescript-mode
    typescript-ts-mode markdown-mode conf-toml-mode toml-ts-mode)
  "The modes of files that may hold Python, or settings of it."
  :type '(repeat symbol))

(defun pyodide-ls--contact (&rest _)
  "What Eglot is to start."
  pyodide-ls-command)

;; An entry for each, for an old Eglot takes all files of an entry for those of its first mode.
(dolist (mode pyodide-ls-modes)
  (add-to-list 'eglot-server-programs (cons mode #'pyodide-ls--contact)))

(defun pyodide-ls-fix-all ()
  "Make all safe fixes in the buffer, as \"pyodide-ls check --fix\" does."
  (interactive)
  (let ((ask (lambda (do) (eglot-code-actions (point-min) (point-max) "source.fixAll.pyodide-ls" do))))
    (when (and (eglot-managed-p) (funcall ask nil)) ; without any, Eglot takes the question for a mistake
      (funcall ask t))))

(provide 'pyodide-ls)

;;; pyodide-ls.el ends here

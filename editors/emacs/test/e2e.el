;;; e2e.el --- The server in the real editor; run.sh starts it  -*- lexical-binding: t -*-

;;; Commentary:

;; PYODIDE_LS_DIR is a folder for its files, with those that run.sh laid there.  Emacs runs without a screen and
;; without anybody who types, so the hooks of commands, of the screen and of idleness are run here.

;;; Code:

(require 'cl-lib)
(require 'flymake)

(defvar e2e-dir (file-name-as-directory (getenv "PYODIDE_LS_DIR")))
(defvar e2e-patience (/ (string-to-number (or (getenv "PYODIDE_LS_PATIENCE") "10000")) 1000.0)
  "How many seconds something may take before it counts as missing.")
(defvar e2e-mistaken (getenv "PYODIDE_LS_MISTAKEN")
  "Non-nil expects something else everywhere: then nothing may hold.")
(defvar e2e-failed 0)

(defun e2e-pause (seconds)
  "Let Emacs do what it does between commands and when nobody types, for some SECONDS."
  (run-hooks 'post-command-hook 'window-configuration-change-hook)
  (let ((until (+ (float-time) seconds)))
    (while (< (float-time) until)
      (accept-process-output nil 0.02)
      (mapc #'timer-event-handler (copy-sequence timer-idle-list)))))

(defun e2e-check (name want read)
  "Say whether what READ gives becomes WANT, and stays so; NAME is what that means."
  (when e2e-mistaken
    (setq want (list 'not want)))
  (let ((until (+ (float-time) e2e-patience)) (got (funcall read)))
    (while (and (not (equal got want)) (< (float-time) until))
      (e2e-pause 0.05)
      (setq got (funcall read)))
    (when (equal got want)
      (e2e-pause 0.3)
      (setq got (funcall read)))
    (let ((held (equal got want)))
      (unless held
        (cl-incf e2e-failed))
      (princ (format "%s - %s\n" (if held "ok" "not ok") name))
      (unless held
        (princ (format "  # got: %S\n  # for: %S\n" got want))))))

(defun e2e-diagnostics ()
  "What is underlined in the buffer, in its order."
  (sort (flymake-diagnostics) (lambda (a b) (< (flymake-diagnostic-beg a) (flymake-diagnostic-beg b)))))

(defun e2e-findings ()
  "The findings of the buffer, each as \"rule line: the text that is underlined\"."
  (mapcar (lambda (d)
            (let ((from (min (flymake-diagnostic-beg d) (point-max))) ; of a text that is gone
                  (to (min (flymake-diagnostic-end d) (point-max))))
              (format "%s %d: %s" (plist-get (alist-get 'eglot-lsp-diag (flymake-diagnostic-data d)) :code)
                      (line-number-at-pos from) (buffer-substring-no-properties from to))))
          (e2e-diagnostics)))

(defun e2e-file (name)
  "The text of the file NAME."
  (with-temp-buffer
    (insert-file-contents (concat e2e-dir name))
    (buffer-string)))

(defun e2e-hover ()
  "What is said of the place of point."
  (let (text)
    (eglot-hover-eldoc-function (lambda (said &rest _) (setq text (or said ""))))
    (e2e-pause 0.3)
    (and text (substring-no-properties text))))

(defun e2e-has (text parts)
  "Those of the PARTS that TEXT has."
  (seq-filter (lambda (part) (and text (string-match-p (regexp-quote part) text))) parts))

(defun e2e-choose (title)
  "Ask for what can be done at point as a person does, and pick the one with the TITLE."
  (let ((last-nonmenu-event ?\r) ; by the keyboard
        (completing-read-function (lambda (_ all &rest _) (or (car (member title (all-completions "" all))) ""))))
    (eglot-code-actions (point) (point) nil t)))

(defun e2e-readme (about)
  "The recipe in the README that has the text ABOUT, read with this repository in the place of yours."
  (with-temp-buffer
    (insert-file-contents (expand-file-name "../README.md" (file-name-directory load-file-name)))
    (let (found)
      (while (and (not found) (re-search-forward "^```elisp\n\\([^`]*\\)```" nil t))
        (when (string-match-p about (match-string 1))
          (setq found (match-string 1))))
      (eval (read (format "(progn %s)" (replace-regexp-in-string
                                        "/path/to/pyodide-ls" (getenv "PYODIDE_LS_ROOT") found t t)))
            t))))

(defun e2e-compiles ()
  "Whether the file that people load compiles without a warning."
  (let ((byte-compile-error-on-warn t)
        (byte-compile-dest-file-function (lambda (_) (concat e2e-dir "compiled.elc"))))
    (and (byte-compile-file (concat (getenv "PYODIDE_LS_ROOT") "/editors/emacs/pyodide-ls.el")) t)))

(defun e2e-start ()
  (let ((compiles (e2e-compiles)))
    (e2e-check "it compiles without a warning" t (lambda () compiles)))
  (e2e-readme "(load ")
  (find-file (concat e2e-dir "bridge.py"))
  (e2e-pause 0.1)
  (e2e-check "the server is attached" t (lambda () (and (eglot-managed-p) t)))
  (e2e-check "the findings are there, each once"
             '("bare-callback 11: tick" "block-main 12: time.sleep(2)") #'e2e-findings)
  (e2e-check "their severities" '(eglot-error eglot-warning)
             (lambda () (mapcar #'flymake-diagnostic-type (e2e-diagnostics)))))

(defun e2e-edits ()
  (goto-char (point-max))
  (insert "more = [\"🦊𝒳\"]; setTimeout(tick, 20)  # 🦊\n")
  (e2e-check "a finding in what was typed"
             '("bare-callback 11: tick" "block-main 12: time.sleep(2)" "bare-callback 13: tick") #'e2e-findings)
  (goto-char (point-min))
  (insert "# é😀\n")
  (e2e-check "findings move with the text"
             '("bare-callback 12: tick" "block-main 13: time.sleep(2)" "bare-callback 14: tick") #'e2e-findings)
  (delete-region (point-min) (line-beginning-position 1))
  (goto-char (point-max))
  (forward-line -1)
  (delete-region (point) (point-max))
  (e2e-check "findings go with their text"
             '("bare-callback 11: tick" "block-main 12: time.sleep(2)") #'e2e-findings))

(defun e2e-at-finding ()
  (goto-char (point-min))
  (search-forward "setTimeout(" nil t)
  (let ((title (with-temp-buffer
                 (insert-file-contents (concat (getenv "PYODIDE_LS_ROOT") "/rules/barecallback/bare-callback.md"))
                 (search-forward ": ")
                 (buffer-substring (point) (line-end-position)))))
    (e2e-check "hover shows the page of the rule, and why this is one" (list title "destroyed when setTimeout returns")
               (lambda () (e2e-has (e2e-hover) (list title "destroyed when setTimeout returns")))))
  (e2e-choose "Wrap it in create_once_callable")
  (e2e-check "a quick fix does what \"check --fix\" does" (e2e-file "bridge-fixed.py")
             (lambda () (buffer-substring-no-properties (point-min) (point-max))))
  (e2e-check "its finding is gone" '("block-main 13: time.sleep(2)") #'e2e-findings)
  (save-buffer)
  (e2e-check "it is saved" (e2e-file "bridge-fixed.py") (lambda () (e2e-file "bridge.py"))))

(defun e2e-more ()
  (let ((first (eglot-current-server)))
    (find-file (concat e2e-dir "two.py"))
    (e2e-check "another file" '("bare-callback 3: print") #'e2e-findings)
    (e2e-check "is served by the same server" t (lambda () (and first (eq first (eglot-current-server))))))
  (e2e-readme "before-save-hook")
  (revert-buffer t t) ; for which the hook of Eglot runs again
  (e2e-check "it is managed again" '("bare-callback 3: print") #'e2e-findings)
  (goto-char (point-max))
  (insert "\n")
  (save-buffer)
  (e2e-check "saving fixes all first" (concat (e2e-file "two-fixed.py") "\n") (lambda () (e2e-file "two.py")))
  (e2e-check "nothing is left" '(and) (lambda () (cons 'and (e2e-findings)))))

(defun e2e-end ()
  (let ((server (eglot-current-server)))
    (when server
      (eglot-shutdown server))
    (e2e-check "the server is gone" nil (lambda () (and server (jsonrpc-running-p server))))))

(setq make-backup-files nil
      auto-save-default nil)
(condition-case trouble
    (progn (e2e-start) (e2e-edits) (e2e-at-finding) (e2e-more) (e2e-end))
  (error (cl-incf e2e-failed)
         (princ (format "not ok - the checks come to their end\n  # got: %S\n" trouble))))
(kill-emacs (min e2e-failed 1))

;;; e2e.el ends here

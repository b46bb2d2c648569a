;;; Emacs' own client against the server: opens a file, waits for what it says of it, mends the mistake, and asks for what one asks for while writing. Prints what it saw as JSON.
;;; Environment: SETTINGS, the settings as docs/editors.md has them; FACTORY, the folder. The server is `pipewright' on PATH.
(setq user-emacs-directory (file-name-as-directory (expand-file-name ".emacs.d" (getenv "FACTORY")))
      make-backup-files nil
      auto-save-default nil
      enable-local-variables nil)
(package-initialize)
(require 'json)
(load (getenv "SETTINGS") nil t t)

(defun drive-wait (what condition)
  "Lets processes and timers go on until CONDITION holds, or fails with WHAT after 20 s."
  (let ((end (+ (float-time) 20)))
    (while (not (funcall condition))
      (when (> (float-time) end)
        (error "No %s within 20 s" what))
      (accept-process-output nil 0.05))))

(defun drive-at (text)
  "Goes to the start of TEXT."
  (goto-char (point-min))
  (search-forward text)
  (goto-char (match-beginning 0)))

(defun drive-line ()
  "The line that the cursor is in."
  (buffer-substring-no-properties (line-beginning-position) (line-end-position)))

(defvar drive-report nil)
(defun drive-tell (name value)
  (push (cons name value) drive-report))

(find-file (expand-file-name "orders.pipeline.yaml" (getenv "FACTORY")))
(run-hooks 'post-command-hook) ; what eglot-ensure waits for
(drive-wait "server" #'eglot-current-server)
(drive-tell 'server (plist-get (eglot--server-info (eglot-current-server)) :name))

(flymake-mode 1)
(flymake-start)
(drive-wait "finding" #'flymake-diagnostics)
(let ((finding (car (flymake-diagnostics))))
  (drive-tell 'finding (flymake-diagnostic-text finding))
  (drive-tell 'place (buffer-substring-no-properties (flymake-diagnostic-beg finding) (flymake-diagnostic-end finding))))

(drive-at "CopyOrder]")
(let ((actions (eglot-code-actions (point) (+ (point) (length "CopyOrder")) "quickfix")))
  (drive-tell 'actions (vconcat (mapcar (lambda (action) (plist-get action :title)) actions)))
  (cl-letf ((last-nonmenu-event ?\r) ; as if it were asked for by a key, not by the mouse
            ((symbol-function 'completing-read) (lambda (_prompt choices &rest _) (caar choices))))
    (eglot--read-execute-code-action actions (eglot-current-server) "quickfix")))
(drive-at "dependsOn")
(drive-tell 'mended (drive-line))
(eglot--signal-textDocument/didChange) ; a timer does that where somebody types
(drive-wait "end of the finding" (lambda () (null (flymake-diagnostics))))

(drive-at "CopyOrders]")
(let ((place (car (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot)))))
  (drive-tell 'definition (xref-location-line (xref-item-location place))))
(drive-tell 'references (length (xref-backend-references 'eglot (xref-backend-identifier-at-point 'eglot))))

(drive-at "waitTimeInSeconds")
(drive-tell 'hover
            (let ((contents (plist-get (jsonrpc-request (eglot-current-server) :textDocument/hover (eglot--TextDocumentPositionParams)) :contents)))
              (if (stringp contents) contents (plist-get contents :value))))

(drive-tell 'outline (vconcat (mapcar #'car (apply #'append (mapcar #'cdr (eglot-imenu))))))

(drive-at "CopyOrders]")
(eglot-rename "ImportOrders")
(drive-at "dependsOn")
(drive-tell 'renamed (drive-line))

(goto-char (point-max))
(insert "    dependsOn: []\n")
(backward-char 2)
(let* ((found (eglot-completion-at-point))
       (names (all-completions "" (nth 2 found))))
  (drive-tell 'completion (vconcat (sort (mapcar #'substring-no-properties names) #'string<))))

(goto-char (point-min))
(search-forward "type: Wait")
(replace-match "type:    Wait")
(eglot-format-buffer)
(drive-at "type:")
(drive-tell 'formatted (drive-line))

(set-buffer-modified-p nil)
(princ (concat (json-encode (nreverse drive-report)) "\n"))
(eglot-shutdown (eglot-current-server))
(kill-emacs 0)

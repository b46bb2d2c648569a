;;; The client lsp-mode against the server: opens a file, waits for what it says of it, and asks what would mend it. Prints what it saw as JSON.
;;; Environment: SETTINGS, the settings as docs/editors.md has them; FACTORY, the folder. The server is `pipewright' on PATH.
(setq user-emacs-directory (file-name-as-directory (expand-file-name ".emacs.d" (getenv "FACTORY")))
      lsp-auto-guess-root t
      lsp-session-file (expand-file-name ".lsp-session" (getenv "FACTORY"))
      lsp-enable-file-watchers nil
      lsp-enable-snippet nil
      make-backup-files nil)
(package-initialize)
(require 'json)
(load (getenv "SETTINGS") nil t t)

(find-file (expand-file-name "orders.pipeline.yaml" (getenv "FACTORY")))
(let ((end (+ (float-time) 20)))
  (while (= 0 (hash-table-count (lsp-diagnostics)))
    (when (> (float-time) end)
      (error "No finding within 20 s"))
    (accept-process-output nil 0.05)))

(let* ((finding (car (gethash (buffer-file-name) (lsp-diagnostics))))
       (line (1+ (gethash "line" (gethash "start" (gethash "range" finding))))))
  (goto-char (point-min))
  (search-forward "[CopyOrder")
  (let ((actions (lsp-code-actions-at-point)))
    (goto-char (point-min))
    (search-forward "waitTime")
    (let ((contents (gethash "contents" (lsp-request "textDocument/hover" (lsp--text-document-position-params)))))
      (princ (concat (json-encode (list (cons 'code (gethash "code" finding))
                                        (cons 'line line)
                                        (cons 'actions (vconcat (mapcar (lambda (action) (gethash "title" action)) actions)))
                                        (cons 'hover (if (hash-table-p contents) (gethash "value" contents) contents))))
                     "\n")))))
(set-buffer-modified-p nil)
(kill-emacs 0)

;;; test.el --- Glossator in Emacs with Eglot, set up as the manual says  -*- lexical-binding: t -*-

;; emacs --batch -l INIT -l test.el, where INIT is the configuration of the manual, CORPUS is a copy of the example corpus, and
;; `glossator' is on the PATH.  Emacs 28 takes Eglot from Debian's package, Emacs 29 and later have it.

;;; Code:

(require 'package)
(package-initialize)
(require 'ert)
(require 'cl-lib)
(require 'eglot)
(require 'flymake)
(require 'xref)

(defvar corpus (file-name-as-directory (file-truename (getenv "CORPUS"))))
(setq eglot-autoshutdown nil eglot-sync-connect 30 eglot-confirm-server-initiated-edits nil)

(defun eventually (ask)
  "Call ASK until it gives something, which is returned; nil after half a minute."
  (with-timeout (30 nil)
    (let (found)
      (while (not (setq found (funcall ask)))
        (accept-process-output nil 0.05))
      found)))

(defmacro in-note (&rest body)
  "Run BODY in the buffer of the note, after the first words of a claim about ByteDance."
  `(with-current-buffer (find-file-noselect (concat corpus "notes/data-brokers.md"))
     (goto-char (point-min))
     (search-forward "ByteD")
     ,@body))

(ert-deftest glossator-1-starts ()
  "The server starts by itself, for the folder with the settings."
  (in-note
   ;; In batch mode no command ends, which is what `eglot-ensure' waits for.
   (run-hooks 'post-command-hook)
   (should (eventually #'eglot-managed-p))
   (should (equal (file-name-as-directory (file-truename (project-root (eglot--project (eglot-current-server))))) corpus))))

(ert-deftest glossator-2-findings ()
  "Findings lie at their words."
  (in-note
   (flymake-mode 1)
   (flymake-start)
   (let ((key (eventually (lambda () (cl-find-if (lambda (it) (string-match-p "nyt-2023" (flymake-diagnostic-text it))) (flymake-diagnostics))))))
     (should key)
     (should (string-match-p "nyt-2023" (buffer-substring (flymake-diagnostic-beg key) (flymake-diagnostic-end key)))))))

(ert-deftest glossator-3-hover ()
  "Hover shows the record."
  (in-note
   (let (card)
     (eventually (lambda () (eglot-hover-eldoc-function (lambda (text &rest _) (setq card text))) (accept-process-output nil 0.5) (and card (string-match-p "Chinese company, owner of" card))))
     (should (string-match-p "Chinese company, owner of" card)))))

(ert-deftest glossator-4-definition ()
  "Definition leads to the record."
  (in-note
   (let ((found (xref-backend-definitions 'eglot (xref-backend-identifier-at-point 'eglot))))
     (should (string-match-p "actors/bytedance\\.md" (xref-location-group (xref-item-location (car found))))))))

(ert-deftest glossator-5-fix ()
  "A quick fix cites a source."
  (in-note
   (let* ((fixes (eglot-code-actions (point) (point)))
          (titles (mapcar (lambda (it) (or (plist-get it :title) (car-safe it))) (append fixes nil))))
     (should (cl-find-if (lambda (it) (string-match-p "wapo-2024" it)) titles)))))

(ert-deftest glossator-6-ends ()
  "The server leaves when it is told to."
  (in-note
   (eglot-shutdown (eglot-current-server))
   (should (eventually (lambda () (not (eglot-managed-p)))))))

(let* ((stats (ert-run-tests-batch))
       (failed (ert-stats-completed-unexpected stats)))
  (princ (format "%d passed, %d failed\n" (ert-stats-completed-expected stats) failed))
  (kill-emacs (if (= failed 0) 0 1)))
;;; test.el ends here

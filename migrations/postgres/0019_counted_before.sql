-- The stock movements of a changeset that stood in the log before it: who made it again, under another incarnation, did
-- not know that HQ had them. A JSON list of ids; null for nearly all. Written by HQ, signed by nobody.
ALTER TABLE change_log ADD COLUMN counted text;

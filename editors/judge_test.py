"""What the judge forgives, and what it does not."""

import sys
import unittest

sys.argv = ["judge"]
from judge import has_crossed_the_shutdown, is_of_a_hasty_client, is_of_another_file  # noqa: E402


def said(sender, at=0.0, **message):
    return {"t": at, "from": sender, "msg": message}


class Judge(unittest.TestCase):
    def test_a_range_in_another_file(self):
        asked = said("client", id=1, method="textDocument/prepareTypeHierarchy", params={"textDocument": {"uri": "file:///note"}})
        answer = said("server", id=1, result=[{"uri": "file:///note"}, {"uri": "file:///record"}])
        complaint = "2: server: answer to textDocument/prepareTypeHierarchy [{}].range: line 9 of 3"
        self.assertFalse(is_of_another_file(complaint.format(0), [asked, answer]))
        self.assertTrue(is_of_another_file(complaint.format(1), [asked, answer]))
        hover = "2: server: answer to textDocument/hover .range: line 9 of 3"
        self.assertFalse(is_of_another_file(hover, [asked, answer]))

    def test_a_client_that_does_not_wait(self):
        complaint = "1: server: textDocument/hover (id 1) was never answered"
        asked = said("client", 5.0, id=1, method="textDocument/hover")
        self.assertTrue(is_of_a_hasty_client(complaint, [asked, said("client", 5.5, method="exit")]))
        self.assertFalse(is_of_a_hasty_client(complaint, [asked, said("client", 6.5, method="exit")]))
        self.assertFalse(is_of_a_hasty_client("1: server: jsonrpc is not 2.0", [asked]))

    def test_a_message_on_its_way_at_the_shutdown(self):
        shutdown = said("client", id=4, method="shutdown")
        refresh = said("server", id=3, method="workspace/inlayHint/refresh")
        answer = said("server", id=4, result=None)
        after = "{}: server: workspace/inlayHint/refresh after shutdown"
        self.assertTrue(has_crossed_the_shutdown(after.format(2), [shutdown, refresh, answer]))
        self.assertFalse(has_crossed_the_shutdown(after.format(3), [shutdown, answer, refresh]))


unittest.main()

"""Who gets what at every address: the hand-written table of URL × role. An address without a line fails.

How to add a line. Each page has a GET line, if it can be read, and a POST line, if something can be sent there.
A line is: method, name of the URL, and the status for each of ROLES, in their order:

    in   is sent to sign in first (302)     ok   gets the page (200)         no   reads why not (403)
    404  may not know that it is there      422  gets the form back          302  done, or not now: sent elsewhere

A POST is empty, so that whoever may send it gets 422 or, where nothing is asked, 302. What a POST did is taken back.
Everything in the URL stands in `things` (cast.py): the station is the keeper's, the unit the unit clerk's, and so on;
each role holds its grant over what it would in an office. A page that a keeper or clerk enters for a thing of theirs
has a line in OUTSIDE too: what those get who hold the same role elsewhere. The administrators have the second step
that their role asks for; whoever has none is led to it from everywhere (tests/ground/access). Of a page without a GET line everybody's GET must be 405, of a
page without a POST line everybody's POST: no line is needed for that.
"""

import re

import pytest
from django.db import transaction
from django.test import Client
from django.urls import URLResolver, get_resolver, reverse

from lianxin.ground.access import middleware
from lianxin.ground.access.middleware import SecondStep
from lianxin.ground.core.ids import new_id
from lianxin.ground.core.views.errors import WORDS
from tests.contracts.cast import ROLES, Cast, make_cast

pytestmark = pytest.mark.django_db

TABLE = """
#                                          -    dep  kee  tow  off  uni  hea  lea  sys  sec  aud
# the residents' door
GET  publishing:home                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:find                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:standing                   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST publishing:own_place                  302  302  302  302  302  302  302  302  302  302  302
GET  publishing:heard_by                   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:heard_at                   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  stations:stations                     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  stations:station                      ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:places                         ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:place                          ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:districts                      ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:district                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:deputies                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:person                         ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:bodies                         ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:body                           ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:units                          ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  people:unit                           ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:feed                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:feed_of_station            ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:feed_of_deputy             ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:feed_of_case               ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:news                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:news_item                  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:news_file                  404  404  404  404  404  404  404  404  404  404  404
GET  publishing:news_feed                  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:answer                     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST publishing:answer                     422  422  422  422  422  422  422  422  422  422  422
GET  publishing:answered                   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:help                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:chapter                    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
# ... nobody is named to tell of holes (tests/account/publishing/test_help.py names somebody)
GET  publishing:security                   404  404  404  404  404  404  404  404  404  404  404
GET  publishing:card                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:poster                     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  publishing:public_photo               404  404  404  404  404  404  404  404  404  404  404
GET  publishing:photos                     in   no   ok   ok   ok   no   no   no   no   no   no
POST publishing:photos                     in   no   422  422  422  no   no   no   no   no   no
GET  publishing:photo                      in   no   404  404  404  no   no   no   no   no   no
POST publishing:photo                      in   no   404  404  404  no   no   no   no   no   no
# the bulletin
GET  bulletin:public                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  bulletin:public_issue                 ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  bulletin:pdf                          ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  bulletin:docx                         ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  bulletin:roots                        ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  bulletin:counted                      ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  bulletin:feed                         ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  bulletin:issues                       in   no   no   no   ok   no   no   no   no   no   no
POST bulletin:issues                       in   no   no   no   422  no   no   no   no   no   no
GET  bulletin:issue                        in   no   no   no   ok   no   no   no   no   no   no
POST bulletin:add                          in   no   no   no   404  no   no   no   no   no   no
POST bulletin:move                         in   no   no   no   404  no   no   no   no   no   no
GET  bulletin:proof                        in   no   no   no   ok   no   no   no   no   no   no
GET  bulletin:item                         in   no   no   no   ok   no   no   no   no   no   no
POST bulletin:item                         in   no   no   no   422  no   no   no   no   no   no
GET  bulletin:agree                        in   no   no   no   ok   no   no   no   no   no   no
POST bulletin:agree                        in   no   no   no   422  no   no   no   no   no   no
GET  bulletin:act                          in   no   no   no   ok   no   no   no   no   no   no
POST bulletin:act                          in   no   no   no   422  no   no   no   no   no   no
GET  bulletin:to_sign                      in   no   no   no   no   no   no   ok   no   no   no
GET  bulletin:sign                         in   no   no   no   no   no   no   ok   no   no   no
POST bulletin:sign                         in   no   no   no   no   no   no   422  no   no   no
# news and notices of the county's congress: its office writes and reviews them
GET  publishing:announcements              in   no   no   ok   ok   no   no   no   no   no   no
GET  publishing:new_announcement           in   no   no   ok   ok   no   no   no   no   no   no
POST publishing:new_announcement           in   no   no   422  422  no   no   no   no   no   no
GET  publishing:announcement               in   no   no   404  ok   no   no   no   no   no   no
GET  publishing:edit_announcement          in   no   no   404  ok   no   no   no   no   no   no
POST publishing:edit_announcement          in   no   no   404  422  no   no   no   no   no   no
GET  publishing:review                     in   no   no   404  ok   no   no   no   no   no   no
POST publishing:review                     in   no   no   404  422  no   no   no   no   no   no
POST publishing:attach                     in   no   no   404  422  no   no   no   no   no   no
GET  publishing:attachment                 in   no   no   404  404  no   no   no   no   no   no
POST publishing:attachment                 in   no   no   404  404  no   no   no   no   no   no
GET  publishing:consent_sheet              in   no   no   404  404  no   no   no   no   no   no
GET  publishing:announcement_act           in   no   no   404  ok   no   no   no   no   no   no
POST publishing:announcement_act           in   no   no   404  422  no   no   no   no   no   no
GET  publishing:questions                  in   no   no   404  ok   no   no   no   no   no   no
POST publishing:questions                  in   no   no   404  422  no   no   no   no   no   no
GET  publishing:answers                    in   no   no   404  ok   no   no   no   no   no   no
GET  publishing:workbook                   in   no   no   ok   ok   no   no   no   no   no   no
GET  publishing:answers_workbook           in   no   no   404  ok   no   no   no   no   no   no
GET  publishing:answer_act                 in   no   no   404  ok   no   no   no   no   no   no
POST publishing:answer_act                 in   no   no   404  422  no   no   no   no   no   no
# the residents' door: telling, without an account
GET  opinions:tell                         ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST opinions:tell                         422  422  422  422  422  422  422  422  422  422  422
GET  opinions:tell_what                    302  302  302  302  302  302  302  302  302  302  302
POST opinions:tell_what                    302  302  302  302  302  302  302  302  302  302  302
GET  opinions:tell_subject                 302  302  302  302  302  302  302  302  302  302  302
POST opinions:tell_subject                 302  302  302  302  302  302  302  302  302  302  302
GET  opinions:tell_seen                    302  302  302  302  302  302  302  302  302  302  302
POST opinions:tell_seen                    302  302  302  302  302  302  302  302  302  302  302
GET  opinions:tell_send                    302  302  302  302  302  302  302  302  302  302  302
POST opinions:tell_send                    302  302  302  302  302  302  302  302  302  302  302
GET  opinions:tell_whom                    302  302  302  302  302  302  302  302  302  302  302
GET  opinions:tell_file                    302  302  302  302  302  302  302  302  302  302  302
GET  opinions:tell_receipt                 302  302  302  302  302  302  302  302  302  302  302
GET  opinions:tell_day                     302  302  302  302  302  302  302  302  302  302  302
POST opinions:tell_door                    302  302  302  302  302  302  302  302  302  302  302
POST opinions:tell_drop                    302  302  302  302  302  302  302  302  302  302  302
POST opinions:tell_echo                    302  302  302  302  302  302  302  302  302  302  302
GET  opinions:station_code                 302  302  302  302  302  302  302  302  302  302  302
GET  opinions:deputy_code                  302  302  302  302  302  302  302  302  302  302  302
GET  opinions:place_code                   302  302  302  302  302  302  302  302  302  302  302
# the offices: telling for somebody else
GET  opinions:enter                        in   no   ok   ok   ok   no   no   no   no   no   no
POST opinions:enter                        in   no   422  422  422  no   no   no   no   no   no
GET  opinions:enter_what                   in   no   302  302  302  no   no   no   no   no   no
POST opinions:enter_what                   in   no   302  302  302  no   no   no   no   no   no
GET  opinions:enter_subject                in   no   302  302  302  no   no   no   no   no   no
POST opinions:enter_subject                in   no   302  302  302  no   no   no   no   no   no
GET  opinions:enter_seen                   in   no   302  302  302  no   no   no   no   no   no
POST opinions:enter_seen                   in   no   302  302  302  no   no   no   no   no   no
GET  opinions:enter_send                   in   no   302  302  302  no   no   no   no   no   no
POST opinions:enter_send                   in   no   302  302  302  no   no   no   no   no   no
GET  opinions:enter_whom                   in   no   302  302  302  no   no   no   no   no   no
GET  opinions:enter_file                   in   no   302  302  302  no   no   no   no   no   no
GET  opinions:enter_receipt                in   no   302  302  302  no   no   no   no   no   no
GET  opinions:enter_day                    in   no   302  302  302  no   no   no   no   no   no
GET  opinions:enter_slip                   in   no   302  302  302  no   no   no   no   no   no
POST opinions:enter_door                   in   no   302  302  302  no   no   no   no   no   no
POST opinions:enter_drop                   in   no   302  302  302  no   no   no   no   no   no
POST opinions:enter_echo                   in   no   302  302  302  no   no   no   no   no   no
# following a matter: whoever has its code, whatever else they are; without it one is asked for it
GET  opinions:follow                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST opinions:follow                       422  422  422  422  422  422  422  422  422  422  422
GET  opinions:follow_link                  404  404  404  404  404  404  404  404  404  404  404
POST opinions:follow_link                  404  404  404  404  404  404  404  404  404  404  404
POST opinions:follow_leave                 302  302  302  302  302  302  302  302  302  302  302
GET  opinions:matter                       302  302  302  302  302  302  302  302  302  302  302
GET  opinions:matter_rate                  302  302  302  302  302  302  302  302  302  302  302
GET  opinions:matter_calendar              302  302  302  302  302  302  302  302  302  302  302
GET  opinions:matter_file                  302  302  302  302  302  302  302  302  302  302  302
GET  opinions:matter_messages              302  302  302  302  302  302  302  302  302  302  302
GET  opinions:matter_withdraw              302  302  302  302  302  302  302  302  302  302  302
GET  opinions:matter_act                   302  302  302  302  302  302  302  302  302  302  302
GET  opinions:matter_add                   302  302  302  302  302  302  302  302  302  302  302
POST opinions:matter_add                   302  302  302  302  302  302  302  302  302  302  302
POST opinions:matter_rate                  302  302  302  302  302  302  302  302  302  302  302
POST opinions:matter_messages              302  302  302  302  302  302  302  302  302  302  302
POST opinions:matter_withdraw              302  302  302  302  302  302  302  302  302  302  302
POST opinions:matter_act                   302  302  302  302  302  302  302  302  302  302  302
# ... by WeChat: where no account is set, there is no such page (tests/affairs/opinions/test_wechat.py has one)
GET  opinions:matter_wechat                404  404  404  404  404  404  404  404  404  404  404
POST opinions:matter_wechat                404  404  404  404  404  404  404  404  404  404  404
GET  opinions:matter_wechat_back           404  404  404  404  404  404  404  404  404  404  404
# what everybody reads, and one tap for who met the same
GET  opinions:public                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  opinions:public_matter                ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  opinions:figures                      ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  opinions:public_file                  404  404  404  404  404  404  404  404  404  404  404
POST opinions:public_echo                  302  302  302  302  302  302  302  302  302  302  302
GET  suggestions:public                    ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  suggestions:public_suggestion         ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
# the five doors that ask who enters
GET  desks:me                              in   ok   no   no   no   no   no   no   no   no   no
GET  desks:desk                            in   no   ok   ok   ok   no   no   no   ok   ok   ok
GET  desks:unit                            in   no   no   no   no   ok   ok   no   no   no   no
GET  desks:hall                            in   ok   no   ok   ok   no   no   ok   no   no   no
GET  desks:lead                            in   no   no   no   no   no   no   ok   no   no   no
# the units: opinions
GET  opinions:unit_queue                   in   no   no   no   no   ok   ok   no   no   no   no
GET  opinions:unit_drafts                  in   no   no   no   no   ok   ok   no   no   no   no
GET  opinions:unit_past                    in   no   no   no   no   ok   ok   no   no   no   no
GET  opinions:unit_matter                  in   no   no   no   no   ok   ok   no   no   no   no
GET  opinions:unit_draft                   in   no   no   no   no   ok   ok   no   no   no   no
POST opinions:unit_draft                   in   no   no   no   no   422  422  no   no   no   no
GET  opinions:unit_act                     in   no   no   no   no   ok   ok   no   no   no   no
POST opinions:unit_act                     in   no   no   no   no   422  422  no   no   no   no
GET  opinions:unit_papers                  in   no   no   no   no   ok   ok   no   no   no   no
GET  opinions:unit_paper                   in   no   no   no   no   404  404  no   no   no   no
GET  opinions:unit_file                    in   no   no   no   no   404  404  no   no   no   no
POST opinions:unit_discard                 in   no   no   no   no   404  404  no   no   no   no
GET  opinions:unit_promises                in   no   no   no   no   ok   ok   no   no   no   no
GET  opinions:unit_promise_kept            in   no   no   no   no   ok   ok   no   no   no   no
POST opinions:unit_promise_kept            in   no   no   no   no   422  422  no   no   no   no
GET  opinions:desk_promises                in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:promises_workbook            in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:unit_promises_workbook       in   no   no   no   no   ok   ok   no   no   no   no
GET  opinions:unit_workbook                in   no   no   no   no   ok   ok   no   no   no   no
GET  suggestions:unit_workbook             in   no   no   no   no   ok   ok   no   no   no   no
# the deputies: opinions
GET  opinions:deputy_workbook              in   ok   no   no   no   no   no   no   no   no   no
GET  suggestions:deputy_workbook           in   ok   no   no   no   no   no   no   no   no   no
GET  opinions:deputy_matters               in   ok   no   no   no   no   no   no   no   no   no
GET  opinions:deputy_matter                in   ok   no   no   no   no   no   no   no   no   no
GET  opinions:deputy_act                   in   ok   no   no   no   no   no   no   no   no   no
POST opinions:deputy_act                   in   422  no   no   no   no   no   no   no   no   no
GET  opinions:deputy_file                  in   404  no   no   no   no   no   no   no   no   no
# the deputies: suggestions
GET  suggestions:deputy_suggestions        in   ok   no   no   no   no   no   no   no   no   no
GET  suggestions:new                       in   ok   no   no   no   no   no   no   no   no   no
POST suggestions:new                       in   422  no   no   no   no   no   no   no   no   no
GET  suggestions:deputy_suggestion         in   ok   no   no   no   no   no   no   no   no   no
GET  suggestions:edit                      in   ok   no   no   no   no   no   no   no   no   no
POST suggestions:edit                      in   422  no   no   no   no   no   no   no   no   no
GET  suggestions:joining                   in   ok   no   no   no   no   no   no   no   no   no
POST suggestions:joining                   in   422  no   no   no   no   no   no   no   no   no
GET  suggestions:deputy_act                in   ok   no   no   no   no   no   no   no   no   no
POST suggestions:deputy_act                in   422  no   no   no   no   no   no   no   no   no
GET  suggestions:deputy_paper              in   404  no   no   no   no   no   no   no   no   no
# the units: suggestions
GET  suggestions:unit_suggestions          in   no   no   no   no   ok   ok   no   no   no   no
GET  suggestions:unit_suggestion           in   no   no   no   no   ok   ok   no   no   no   no
GET  suggestions:unit_draft                in   no   no   no   no   ok   ok   no   no   no   no
POST suggestions:unit_draft                in   no   no   no   no   422  422  no   no   no   no
GET  suggestions:unit_act                  in   no   no   no   no   ok   ok   no   no   no   no
POST suggestions:unit_act                  in   no   no   no   no   422  422  no   no   no   no
GET  suggestions:unit_promise_kept         in   no   no   no   no   404  404  no   no   no   no
POST suggestions:unit_promise_kept         in   no   no   no   no   404  404  no   no   no   no
GET  suggestions:unit_paper                in   no   no   no   no   404  404  no   no   no   no
GET  suggestions:reply_letter              in   no   no   no   no   ok   ok   no   no   no   no
POST suggestions:reply_letter              in   no   no   no   no   422  422  no   no   no   no
GET  suggestions:unit_letterhead           in   no   no   no   no   ok   ok   no   no   no   no
POST suggestions:unit_letterhead           in   no   no   no   no   422  422  no   no   no   no
# the offices: suggestions
GET  suggestions:suggestions               in   no   no   ok   ok   no   no   no   no   no   no
GET  suggestions:workbook                  in   no   no   ok   ok   no   no   no   no   no   no
GET  suggestions:suggestion                in   no   no   404  ok   no   no   no   no   no   no
GET  suggestions:act                       in   no   no   404  ok   no   no   no   no   no   no
POST suggestions:act                       in   no   no   404  422  no   no   no   no   no   no
GET  suggestions:promise_kept              in   no   no   404  404  no   no   no   no   no   no
POST suggestions:promise_kept              in   no   no   404  404  no   no   no   no   no   no
GET  suggestions:papers                    in   no   no   404  ok   no   no   no   no   no   no
GET  suggestions:notice                    in   no   no   404  ok   no   no   no   no   no   no
POST suggestions:notice                    in   no   no   404  422  no   no   no   no   no   no
GET  suggestions:letterhead                in   no   no   404  ok   no   no   no   no   no   no
POST suggestions:letterhead                in   no   no   404  422  no   no   no   no   no   no
GET  suggestions:paper                     in   no   no   404  404  no   no   no   no   no   no
# deputies: their turns at stations
GET  stations:own_shifts                   in   ok   no   no   no   no   no   no   no   no   no
GET  stations:own_act                      in   ok   no   no   no   no   no   no   no   no   no
POST stations:own_act                      in   422  no   no   no   no   no   no   no   no   no
GET  stations:check_in                     in   ok   no   no   no   no   no   no   no   no   no
POST stations:check_in                     in   422  no   no   no   no   no   no   no   no   no
# the offices: who sits where
GET  stations:rota                         in   no   ok   ok   ok   no   no   no   no   no   no
GET  stations:rota_workbook                in   no   ok   ok   ok   no   no   no   no   no   no
GET  stations:shift                        in   no   ok   ok   ok   no   no   no   no   no   no
GET  stations:sheet                        in   no   ok   ok   ok   no   no   no   no   no   no
GET  stations:shift_act                    in   no   ok   ok   ok   no   no   no   no   no   no
POST stations:shift_act                    in   no   422  422  422  no   no   no   no   no   no
GET  stations:duty_act                     in   no   ok   ok   ok   no   no   no   no   no   no
POST stations:duty_act                     in   no   422  422  422  no   no   no   no   no   no
# calendars that people subscribe to
GET  stations:calendar                     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  stations:station_calendar             ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  stations:own_calendar                 404  404  404  404  404  404  404  404  404  404  404
POST stations:subscribe                    in   302  no   no   no   no   no   no   no   no   no
# the offices: what is said at a reception
GET  opinions:hear                         in   no   ok   ok   ok   no   no   no   no   no   no
POST opinions:hear                         in   no   422  422  422  no   no   no   no   no   no
GET  opinions:record                       in   no   ok   ok   ok   no   no   no   no   no   no
POST opinions:record                       in   no   422  422  422  no   no   no   no   no   no
GET  opinions:record_file                  in   no   404  404  404  no   no   no   no   no   no
# the offices: the five books of a station
GET  opinions:register                     in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:register_workbook            in   no   ok   ok   ok   no   no   no   no   no   no
# deputies: with whom they keep contact
GET  contact:own                           in   ok   no   no   no   no   no   no   no   no   no
GET  contact:own_identity                  in   ok   no   no   no   no   no   no   no   no   no
POST contact:own_identity                  in   422  no   no   no   no   no   no   no   no   no
# the offices: who keeps contact with whom
GET  contact:ties                          in   no   no   ok   ok   no   no   no   no   no   no
GET  contact:below                         in   no   no   ok   ok   no   no   no   no   no   no
GET  contact:choose                        in   no   no   ok   ok   no   no   no   no   no   no
GET  contact:tie                           in   no   no   ok   ok   no   no   no   no   no   no
GET  contact:template                      in   no   no   ok   ok   no   no   no   no   no   no
GET  contact:households                    in   no   no   ok   ok   no   no   no   no   no   no
GET  contact:choose_place                  in   no   no   ok   ok   no   no   no   no   no   no
GET  contact:household                     in   no   no   ok   ok   no   no   no   no   no   no
GET  contact:new                           in   no   no   ok   ok   no   no   no   no   no   no
POST contact:new                           in   no   no   422  422  no   no   no   no   no   no
GET  contact:end                           in   no   no   ok   ok   no   no   no   no   no   no
POST contact:end                           in   no   no   422  422  no   no   no   no   no   no
GET  contact:upload                        in   no   no   ok   ok   no   no   no   no   no   no
POST contact:upload                        in   no   no   422  422  no   no   no   no   no   no
GET  contact:add                           in   no   no   ok   ok   no   no   no   no   no   no
POST contact:add                           in   no   no   422  422  no   no   no   no   no   no
GET  contact:act                           in   no   no   ok   ok   no   no   no   no   no   no
POST contact:act                           in   no   no   422  422  no   no   no   no   no   no
GET  contact:identity                      in   no   no   ok   ok   no   no   no   no   no   no
POST contact:identity                      in   no   no   422  422  no   no   no   no   no   no
GET  contact:uploaded                      in   no   no   404  ok   no   no   no   no   no   no
POST contact:take                          in   no   no   404  302  no   no   no   no   no   no
# the offices: stations
GET  stations:workbook                     in   no   ok   ok   ok   no   no   no   no   no   no
GET  stations:choose_place                 in   no   no   ok   ok   no   no   no   no   no   no
GET  stations:open                         in   no   no   ok   ok   no   no   no   no   no   no
POST stations:open                         in   no   no   422  422  no   no   no   no   no   no
GET  stations:edit                         in   no   ok   ok   ok   no   no   no   no   no   no
POST stations:edit                         in   no   422  422  422  no   no   no   no   no   no
GET  stations:deputies                     in   no   no   ok   ok   no   no   no   no   no   no
POST stations:deputies                     in   no   no   422  422  no   no   no   no   no   no
GET  stations:fittings                     in   no   ok   ok   ok   no   no   no   no   no   no
POST stations:fittings                     in   no   422  422  422  no   no   no   no   no   no
GET  stations:history                      in   no   no   ok   ok   no   no   no   no   no   no
GET  stations:close                        in   no   no   ok   ok   no   no   no   no   no   no
POST stations:close                        in   no   no   422  422  no   no   no   no   no   no
GET  stations:reopen                       in   no   no   ok   ok   no   no   no   no   no   no
POST stations:reopen                       in   no   no   422  422  no   no   no   no   no   no
# the offices: places and people
GET  people:place_change                   in   no   no   no   ok   no   no   no   no   no   no
POST people:place_change                   in   no   no   no   422  no   no   no   no   no   no
GET  people:body_act                       in   no   no   no   ok   no   no   no   no   no   no
POST people:body_act                       in   no   no   no   422  no   no   no   no   no   no
GET  people:session                        in   no   no   no   ok   no   no   no   no   no   no
POST people:session                        in   no   no   no   422  no   no   no   no   no   no
GET  people:add_deputy                     in   no   no   no   ok   no   no   no   no   no   no
POST people:add_deputy                     in   no   no   no   422  no   no   no   no   no   no
GET  people:draw                           in   no   no   no   ok   no   no   no   no   no   no
POST people:draw                           in   no   no   no   422  no   no   no   no   no   no
GET  people:district_act                   in   no   no   no   ok   no   no   no   no   no   no
POST people:district_act                   in   no   no   no   422  no   no   no   no   no   no
GET  people:unit_establish                 in   no   no   no   ok   no   no   no   no   no   no
POST people:unit_establish                 in   no   no   no   422  no   no   no   no   no   no
GET  people:unit_act                       in   no   no   no   ok   no   no   no   no   no   no
POST people:unit_act                       in   no   no   no   422  no   no   no   no   no   no
GET  people:mandate_act                    in   no   no   no   ok   no   no   no   no   no   no
POST people:mandate_act                    in   no   no   no   422  no   no   no   no   no   no
GET  people:amend                          in   no   no   no   ok   no   no   no   no   no   no
POST people:amend                          in   no   no   no   422  no   no   no   no   no   no
GET  people:link                           in   no   no   no   ok   no   no   no   no   no   no
POST people:link                           in   no   no   no   422  no   no   no   no   no   no
GET  documents:book                        in   no   no   ok   ok   ok   ok   no   no   no   no
GET  documents:workbook                    in   no   no   ok   ok   ok   ok   no   no   no   no
GET  documents:paper                       in   no   no   404  404  404  404  no   no   no   no
GET  documents:entry                       in   no   no   404  ok   404  404  no   no   no   no
POST documents:entry                       in   no   no   404  422  404  404  no   no   no   no
GET  documents:templates                   in   no   no   ok   ok   ok   ok   no   no   no   no
GET  documents:template                    in   no   no   404  404  ok   ok   no   no   no   no
POST documents:template                    in   no   no   404  404  422  422  no   no   no   no
GET  documents:built_in_template           in   no   no   404  ok   404  404  no   no   no   no
GET  documents:template_version            in   no   no   404  404  404  404  no   no   no   no
POST documents:leave_template              in   no   no   404  302  404  404  no   no   no   no
POST documents:template_again              in   no   no   404  404  404  404  no   no   no   no
GET  people:units_workbook                 in   no   no   no   ok   no   no   no   no   no   no
GET  people:bodies_workbook                in   no   no   ok   ok   no   no   no   no   no   no
GET  people:sessions_workbook              in   no   no   ok   ok   no   no   no   no   no   no
GET  people:roster                         in   no   no   ok   ok   no   no   no   no   no   no
POST people:roster                         in   no   no   no   422  no   no   no   no   no   no
GET  people:roster_export                  in   no   no   ok   ok   no   no   no   no   no   no
GET  people:roster_upload                  in   no   no   no   ok   no   no   no   no   no   no
POST people:roster_take                    in   no   no   no   302  no   no   no   no   no   no
# the offices that sort
GET  opinions:inbox                        in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:inbox_workbook               in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:find                         in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:arrived                      in   no   204  204  204  no   no   no   no   no   no
POST opinions:bulk                         in   no   422  422  422  no   no   no   no   no   no
GET  opinions:ledgers                      in   no   ok   ok   ok   no   no   no   no   no   no
POST opinions:ledgers                      in   no   422  422  422  no   no   no   no   no   no
GET  opinions:ledger_blank                 in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:ledger_upload                in   no   404  404  ok   no   no   no   no   no   no
POST opinions:ledger_take                  in   no   404  404  302  no   no   no   no   no   no
GET  opinions:meetings                     in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:meeting                      in   no   ok   ok   ok   no   no   no   no   no   no
POST opinions:meeting                      in   no   no   no   422  no   no   no   no   no   no
GET  opinions:meeting_record               in   no   404  404  ok   no   no   no   no   no   no
POST opinions:meeting_record               in   no   404  404  422  no   no   no   no   no   no
GET  opinions:meeting_record_file          in   no   404  404  404  no   no   no   no   no   no
POST opinions:save_view                    in   no   302  302  302  no   no   no   no   no   no
GET  opinions:count_view                   in   no   404  404  ok   no   no   no   no   no   no
POST opinions:drop_view                    in   no   404  404  302  no   no   no   no   no   no
POST opinions:undo                         in   no   302  302  302  no   no   no   no   no   no
GET  opinions:handover_act                 in   no   no   ok   ok   no   no   no   no   no   no
POST opinions:handover_act                 in   no   no   422  422  no   no   no   no   no   no
GET  opinions:opinion                      in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:as_handlers                  in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:near                         in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:act                          in   no   ok   ok   ok   no   no   no   no   no   no
POST opinions:act                          in   no   422  422  422  no   no   no   no   no   no
GET  opinions:reissue_code                 in   no   no   ok   ok   no   no   no   no   no   no
POST opinions:reissue_code                 in   no   no   422  422  no   no   no   no   no   no
GET  opinions:identity                     in   no   no   ok   ok   no   no   no   no   no   no
POST opinions:identity                     in   no   no   422  422  no   no   no   no   no   no
GET  opinions:papers                       in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:letterhead                   in   no   no   no   ok   no   no   no   no   no   no
POST opinions:letterhead                   in   no   no   no   422  no   no   no   no   no   no
GET  opinions:transfer                     in   no   no   no   ok   no   no   no   no   no   no
POST opinions:transfer                     in   no   no   no   422  no   no   no   no   no   no
GET  opinions:transcript                   in   no   no   no   ok   no   no   no   no   no   no
POST opinions:transcript                   in   no   no   no   422  no   no   no   no   no   no
GET  opinions:paper                        in   no   404  404  404  no   no   no   no   no   no
GET  opinions:desk_file                    in   no   ok   ok   ok   no   no   no   no   no   no
GET  opinions:look                         in   no   ok   ok   ok   no   no   no   no   no   no
POST opinions:look                         in   no   422  422  422  no   no   no   no   no   no
# stopping messages: who holds the link of one, and nobody without it
GET  messages:stop                         404  404  404  404  404  404  404  404  404  404  404
POST messages:stop                         404  404  404  404  404  404  404  404  404  404  404
# identities: who opened sees it, who reviews judges it, nobody else knows of it
GET  vault:own                             in   no   no   ok   ok   no   no   no   no   no   no
GET  vault:review                          in   no   no   no   no   no   no   no   no   no   ok
GET  vault:opening                         in   404  404  404  404  404  404  404  404  404  ok
POST vault:opening                         in   404  404  404  404  404  404  404  404  404  422
# the platform itself
GET  core:healthz                          ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
# figures for programs on this computer, whoever asks; nothing for any other computer
GET  core:metrics                          ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  core:preferences                      ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST core:preferences                      302  302  302  302  302  302  302  302  302  302  302
GET  core:setup                            ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  core:setup_certificate                404  404  404  404  404  404  404  404  404  404  404
GET  core:styleguide                       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  core:styleguide_frame                 ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
# staff and the record
GET  access:staff                          in   no   no   no   no   no   no   no   ok   ok   ok
GET  access:person                         in   no   no   no   no   no   no   no   ok   ok   ok
GET  access:invite                         in   no   no   no   no   no   no   no   ok   no   no
POST access:invite                         in   no   no   no   no   no   no   no   422  no   no
GET  access:reinvite                       in   no   no   no   no   no   no   no   ok   ok   no
POST access:reinvite                       in   no   no   no   no   no   no   no   302  302  no
POST access:unlock                         in   no   no   no   no   no   no   no   302  302  no
GET  access:leave                          in   no   no   no   no   no   no   no   ok   no   no
POST access:leave                          in   no   no   no   no   no   no   no   302  no   no
GET  access:grant                          in   no   no   no   no   no   no   no   no   ok   no
POST access:grant                          in   no   no   no   no   no   no   no   no   422  no
GET  access:posts                          in   no   no   no   no   no   no   no   no   ok   no
GET  access:fill_post                      in   no   no   no   no   no   no   no   no   ok   no
POST access:fill_post                      in   no   no   no   no   no   no   no   no   422  no
GET  access:dismiss_post                   in   no   no   no   no   no   no   no   no   ok   no
POST access:dismiss_post                   in   no   no   no   no   no   no   no   no   422  no
GET  access:end_grant                      in   no   no   no   no   no   no   no   no   ok   no
POST access:end_grant                      in   no   no   no   no   no   no   no   no   302  no
GET  access:library                        in   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  access:rules                          in   no   no   no   no   no   no   no   ok   ok   no
GET  access:check_rules                    in   no   no   no   no   no   no   no   ok   no   no
POST access:check_rules                    in   no   no   no   no   no   no   no   422  no   no
GET  duty:what_if                          in   no   no   no   no   no   no   no   ok   ok   no
POST duty:what_if                          in   no   no   no   no   no   no   no   422  422  no
GET  access:fill_rules                     in   no   no   no   no   no   no   no   ok   no   no
POST access:fill_rules                     in   no   no   no   no   no   no   no   422  no   no
POST access:propose_rules                  in   no   no   no   no   no   no   no   422  no   no
GET  access:proposal                       in   no   no   no   no   no   no   no   ok   ok   no
GET  access:decide_rules                   in   no   no   no   no   no   no   no   no   ok   no
POST access:decide_rules                   in   no   no   no   no   no   no   no   no   422  no
GET  access:record                         in   no   no   no   no   no   no   no   no   no   ok
GET  access:sign_ins                       in   no   no   no   no   no   no   no   no   no   ok
# coming in; whoever is in is sent on
GET  access:invitation                     ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST access:invitation                     422  422  422  422  422  422  422  422  422  422  422
GET  access:accept                         302  302  302  302  302  302  302  302  302  302  302
POST access:accept                         302  302  302  302  302  302  302  302  302  302  302
POST access:demo                           404  404  404  404  404  404  404  404  404  404  404
GET  account_login                         ok   302  302  302  302  302  302  302  302  302  302
POST account_login                         422  302  302  302  302  302  302  302  302  302  302
GET  account_inactive                      ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  account_reset_password                ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  account_reset_password_done           ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  account_reset_password_from_key_done  ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
GET  account_reset_password_from_key       ok   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST account_reset_password_from_key       422  422  422  422  422  422  422  422  422  422  422
GET  mfa_authenticate                      in   302  302  302  302  302  302  302  302  302  302
POST mfa_authenticate                      in   302  302  302  302  302  302  302  302  302  302
GET  mfa_login_webauthn                    in   302  302  302  302  302  302  302  302  302  302
POST mfa_login_webauthn                    in   302  302  302  302  302  302  302  302  302  302
# set up before anything else by whose role asks for it; whoever has it, or needs none, is sent on
GET  access:second_step                    in   302  302  302  302  302  302  302  302  302  302
# the own account; what changes ways to sign in asks first who it is (302)
GET  access:account                        in   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST access:end_other_sessions             in   302  302  302  302  302  302  302  302  302  302
POST access:end_session                    in   404  404  404  404  404  404  404  404  404  404
GET  account_logout                        in   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST account_logout                        in   in   in   in   in   in   in   in   in   in   in
GET  account_reauthenticate                in   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST account_reauthenticate                in   422  422  422  422  422  422  422  422  422  422
GET  account_change_password               in   ok   ok   ok   ok   ok   ok   ok   ok   ok   ok
POST account_change_password               in   422  422  422  422  422  422  422  422  422  422
GET  account_set_password                  in   302  302  302  302  302  302  302  302  302  302
POST account_set_password                  in   302  302  302  302  302  302  302  302  302  302
GET  mfa_index                             in   302  302  302  302  302  302  302  302  302  302
GET  mfa_list_webauthn                     in   302  302  302  302  302  302  302  302  302  302
GET  mfa_reauthenticate                    in   302  302  302  302  302  302  302  ok   ok   ok
POST mfa_reauthenticate                    in   302  302  302  302  302  302  302  422  422  422
GET  mfa_activate_totp                     in   302  302  302  302  302  302  302  302  302  302
POST mfa_activate_totp                     in   302  302  302  302  302  302  302  302  302  302
GET  mfa_generate_recovery_codes           in   302  302  302  302  302  302  302  302  302  302
POST mfa_generate_recovery_codes           in   302  302  302  302  302  302  302  302  302  302
GET  mfa_add_webauthn                      in   302  302  302  302  302  302  302  302  302  302
POST mfa_add_webauthn                      in   302  302  302  302  302  302  302  302  302  302
GET  mfa_reauthenticate_webauthn           in   302  302  302  302  302  302  302  302  302  302
POST mfa_reauthenticate_webauthn           in   302  302  302  302  302  302  302  302  302  302
GET  mfa_remove_webauthn                   in   302  302  302  302  302  302  302  302  302  302
POST mfa_remove_webauthn                   in   302  302  302  302  302  302  302  302  302  302
GET  mfa_edit_webauthn                     in   302  302  302  302  302  302  302  302  302  302
POST mfa_edit_webauthn                     in   302  302  302  302  302  302  302  302  302  302
GET  mfa_deactivate_totp                   in   404  404  404  404  404  404  404  302  302  302
POST mfa_deactivate_totp                   in   404  404  404  404  404  404  404  302  302  302
GET  mfa_view_recovery_codes               in   404  404  404  404  404  404  404  404  404  404
GET  mfa_download_recovery_codes           in   404  404  404  404  404  404  404  404  404  404
"""

OUTSIDE = """
#                                          another station's keeper, another township's clerk, another county's office
#                                          kee  tow  off
# what may be done at a place is found from one's own places: others are not offered
GET  stations:open                         no   404  404
POST stations:open                         no   404  404
# ties and households are seen where they lie
GET  contact:new                           no   404  404
POST contact:new                           no   404  404
GET  contact:tie                           no   404  404
GET  contact:end                           no   404  404
POST contact:end                           no   404  404
GET  contact:add                           no   404  404
POST contact:add                           no   404  404
GET  contact:household                     no   404  404
GET  contact:act                           no   404  404
POST contact:act                           no   404  404
GET  contact:identity                      no   404  404
POST contact:identity                      no   404  404
GET  contact:uploaded                      no   404  404
POST contact:take                          no   404  404
# stations, places, bodies and people are public: whoever sees them reads why not
GET  publishing:photos                     no   no   no
POST publishing:photos                     no   no   no
GET  stations:edit                         no   no   no
POST stations:edit                         no   no   no
GET  opinions:register                     no   no   no
GET  opinions:register_workbook            no   no   no
GET  opinions:hear                         no   no   no
POST opinions:hear                         no   no   no
GET  opinions:record                       no   no   no
POST opinions:record                       no   no   no
GET  stations:shift                        no   no   no
GET  stations:sheet                        no   no   no
GET  stations:shift_act                    no   no   no
POST stations:shift_act                    no   no   no
GET  stations:duty_act                     no   no   no
POST stations:duty_act                     no   no   no
GET  stations:deputies                     no   no   no
POST stations:deputies                     no   no   no
GET  stations:fittings                     no   no   no
POST stations:fittings                     no   no   no
GET  stations:history                      no   no   no
GET  stations:close                        no   no   no
POST stations:close                        no   no   no
GET  stations:reopen                       no   no   no
POST stations:reopen                       no   no   no
GET  people:place_change                   no   no   no
POST people:place_change                   no   no   no
GET  people:body_act                       no   no   no
POST people:body_act                       no   no   no
GET  people:session                        no   no   no
POST people:session                        no   no   no
GET  people:add_deputy                     no   no   no
POST people:add_deputy                     no   no   no
GET  people:draw                           no   no   no
POST people:draw                           no   no   no
GET  people:district_act                   no   no   no
POST people:district_act                   no   no   no
GET  people:unit_act                       no   no   no
POST people:unit_act                       no   no   no
GET  people:mandate_act                    no   no   no
POST people:mandate_act                    no   no   no
GET  people:amend                          no   no   no
POST people:amend                          no   no   no
GET  people:link                           no   no   no
POST people:link                           no   no   no
# a roster is a file with telephone numbers: nobody else knows of it
GET  people:roster_upload                  no   no   404
POST people:roster_take                    no   no   404
# a ledger is a file with what people said: the same
GET  opinions:ledger_blank                 ok   ok   ok
GET  opinions:ledger_upload                404  404  404
POST opinions:ledger_take                  404  404  404
# a draft belongs to the browser that has its key, and to whoever wrote it
GET  opinions:enter_file                   302  302  302
GET  opinions:enter_slip                   302  302  302
# the bulletin
GET  bulletin:issue                        no   no   404
GET  bulletin:proof                        no   no   404
GET  bulletin:item                         no   no   404
POST bulletin:item                         no   no   404
GET  bulletin:agree                        no   no   404
POST bulletin:agree                        no   no   404
GET  bulletin:act                          no   no   404
POST bulletin:act                          no   no   404
# a resident's matter is no business of others
GET  opinions:count_view                   404  404  404
POST opinions:drop_view                    404  404  404
POST opinions:undo                         302  302  302
GET  opinions:handover_act                 no   404  404
POST opinions:handover_act                 no   404  404
GET  opinions:opinion                      404  404  404
GET  opinions:as_handlers                  404  404  404
GET  opinions:near                         404  404  404
GET  opinions:act                          404  404  404
POST opinions:act                          404  404  404
GET  opinions:reissue_code                 no   404  404
POST opinions:reissue_code                 no   404  404
GET  opinions:identity                     no   404  404
POST opinions:identity                     no   404  404
GET  opinions:papers                       404  404  404
GET  suggestions:suggestion                no   404  404
GET  suggestions:act                       no   404  404
POST suggestions:act                       no   404  404
GET  suggestions:papers                    no   404  404
GET  suggestions:notice                    no   404  404
POST suggestions:notice                    no   404  404
GET  suggestions:letterhead                no   404  404
POST suggestions:letterhead                no   404  404
GET  documents:entry                       no   404  404
POST documents:entry                       no   404  404
GET  publishing:announcement               no   404  404
GET  publishing:edit_announcement          no   404  404
POST publishing:edit_announcement          no   404  404
GET  publishing:review                     no   404  404
POST publishing:review                     no   404  404
POST publishing:attach                     no   404  404
GET  publishing:questions                  no   404  404
POST publishing:questions                  no   404  404
GET  publishing:answers                    no   404  404
GET  publishing:answers_workbook           no   404  404
GET  publishing:answer_act                 no   404  404
POST publishing:answer_act                 no   404  404
GET  publishing:announcement_act           no   404  404
POST publishing:announcement_act           no   404  404
GET  documents:built_in_template           no   404  404
POST documents:leave_template              no   404  404
GET  opinions:letterhead                   no   404  404
POST opinions:letterhead                   no   404  404
GET  opinions:transfer                     no   404  404
POST opinions:transfer                     no   404  404
GET  opinions:transcript                   no   404  404
POST opinions:transcript                   no   404  404
GET  opinions:desk_file                    404  404  404
GET  opinions:look                         404  404  404
POST opinions:look                         404  404  404
GET  opinions:meeting                      404  404  404
POST opinions:meeting                      404  404  404
GET  opinions:meeting_record               404  404  404
POST opinions:meeting_record               404  404  404
"""
OUTSIDERS = ("another keeper", "another township", "another county")
INSIDERS = ("station_keeper", "township_clerk", "office_clerk")

BROWSER = Client(raise_request_exception=False)  # one for all: making one loads the middleware
REFUSED = "405"
HARMLESS = (  # what works from a page that lay open for days: how this browser shows pages, and a draft of its own
    "core:preferences",
    "publishing:own_place",
    "opinions:tell",
)
BARE = re.compile(r'name="(next|csrfmiddlewaretoken)" value="[^"]*"')  # what differs on every page


def table(text: str = TABLE) -> dict[tuple[str, str], list[str]]:
    """Expected words by method and URL name."""
    lines = [line.split() for line in text.splitlines() if line and not line.startswith("#")]
    return {(method, name): words for method, name, *words in lines}


def names(resolver: URLResolver | None = None, space: str = "") -> list[str]:
    """The name of every address there is."""
    found = []
    for pattern in (resolver or get_resolver()).url_patterns:
        if isinstance(pattern, URLResolver):
            found += names(pattern, f"{space}{pattern.namespace}:" if pattern.namespace else space)
        else:
            found.append(f"{space}{pattern.name}")
    return found


def answered(method: str, address: str, cast: Cast, role: str) -> tuple[str, str]:
    """The word of the answer, and what it says; what the request did is taken back."""
    BROWSER.cookies.clear()
    BROWSER.cookies.load(cast.cookies[role])
    before = transaction.savepoint()
    answer = BROWSER.generic(method, address, "csrfmiddlewaretoken=x", "application/x-www-form-urlencoded")
    transaction.savepoint_rollback(before)
    said = "" if answer.streaming else answer.content.decode(errors="replace")
    if answer.status_code == 302 and answer["Location"].startswith("/accounts/login/"):
        return "in", said
    return {200: "ok", 403: "no"}.get(answer.status_code, str(answer.status_code)), said


def test_every_address_has_a_line_and_every_line_an_address():
    listed = {name for _method, name in table()}
    assert sorted(set(names()) - listed) == [], "Add a line to TABLE; the head of this file says how."
    assert sorted(listed - set(names())) == []


def test_every_line_says_what_every_role_gets():
    assert {name: len(words) for (_method, name), words in table().items() if len(words) != len(ROLES)} == {}


def test_everybody_gets_what_the_table_says():
    assert wrong_answers(TABLE, ROLES) == []


def test_who_holds_the_same_role_elsewhere_gets_what_the_table_says():
    assert wrong_answers(OUTSIDE, OUTSIDERS) == []


def in_the_midst_of_work(cast: Cast, roles: tuple[str, ...]) -> None:
    """All have opened a page: that they are there is noted, and not by each of thousands of requests that are taken back."""
    for role in roles:
        BROWSER.cookies.clear()
        BROWSER.cookies.load(cast.cookies[role])
        assert BROWSER.get(reverse("core:preferences")).status_code == 200


@pytest.fixture(autouse=True)
def _stays_noted(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(middleware, "KEPT_FOR_S", 600)


def wrong_answers(text: str, roles: tuple[str, ...]) -> list[str]:
    """Every line of a table that does not come true; a 403 says why in words of its own."""
    in_the_midst_of_work(cast := make_cast(), roles)
    wrong = []
    for (method, name), words in table(text).items():
        address = reverse(name, kwargs=cast.things.get(name, {}))
        for role, expected in zip(roles, words, strict=True):
            got, said = answered(method, address, cast, role)
            if got != expected:
                wrong.append(f"{method} {name} {role}: {got}, not {expected}")
            if got == "no" and str(WORDS[403][1]) in said:
                wrong.append(f"{method} {name} {role}: 403 without a reason")
    return wrong


def test_every_page_for_a_thing_of_ones_own_says_what_others_get():
    things = make_cast().things
    scoped = {
        (method, name)
        for (method, name), words in table().items()
        if name in things
        and words[0] == "in"
        and any(words[ROLES.index(role)] in ("ok", "422", "302") for role in INSIDERS)
        and not name.startswith(("access:", "mfa_"))  # of people and of the own account
    }
    assert sorted(scoped ^ set(table(OUTSIDE))) == []


def test_an_administrator_without_a_second_step_gets_no_further_than_setting_it_up():
    cast, step = make_cast(), reverse("access:second_step")
    wrong = []
    for method, name in table():
        BROWSER.cookies.clear()
        BROWSER.cookies.load(cast.cookies["new administrator"])
        before = transaction.savepoint()
        answer = BROWSER.generic(method, reverse(name, kwargs=cast.things.get(name, {})))
        transaction.savepoint_rollback(before)
        if (answer.headers.get("Location") == step) == (name in SecondStep.OPEN):
            wrong.append(f"{method} {name}: {answer.status_code}")
    assert wrong == []


def test_no_post_is_taken_without_its_token():
    cast = make_cast()
    browser = Client(enforce_csrf_checks=True, raise_request_exception=False)
    wrong = []
    for (method, name), words in table().items():
        if method == "POST" and not name.startswith(HARMLESS):
            role = next((role for role, word in zip(ROLES, words, strict=True) if word in ("422", "302")), ROLES[0])
            browser.cookies.clear()
            browser.cookies.load(cast.cookies[role])
            answer = browser.post(reverse(name, kwargs=cast.things.get(name, {})), {"csrfmiddlewaretoken": "x" * 64})
            if answer.status_code != 403 or "没法确认是您本人在寄" not in answer.content.decode():
                wrong.append(f"{name} {role}: {answer.status_code}")
    assert wrong == []


def test_what_is_not_there_and_what_one_may_not_see_are_told_alike():
    cast = make_cast()
    unseen = reverse("vault:opening", kwargs=cast.things["vault:opening"])
    missing = reverse("vault:opening", kwargs={"pk": new_id()})
    for role in ("deputy", "office_clerk", "leader"):
        told = [BARE.sub("", answered("GET", path, cast, role)[1]) for path in (unseen, missing)]
        assert len(set(told)) == 1
        assert "没有这一页" in told[0]


def test_a_page_answers_no_other_method():
    cast = make_cast()
    wrong = []
    for name in names():
        for method in {"GET", "POST"} - {method for method, listed in table() if listed == name}:
            for role in ("anonymous", "office_clerk"):
                got, _said = answered(method, reverse(name, kwargs=cast.things.get(name, {})), cast, role)
                if got != REFUSED:
                    wrong.append(f"{method} {name} {role}: {got}, not {REFUSED}")
    assert wrong == []

# SPDX-License-Identifier: EUPL-1.2
"""When is reported and looked back, how long an agreement can last, what residents are asked, and what closes a bid.

Source: Geertruidenberg, right to challenge (a first year, then at most two more, on the basis of what was accounted
for); Middelburg, uitdaagrecht (talks on how it goes). Choice: an end is orderly only if somebody says of each thing
where it went, and if what was learnt is written down for whoever takes up such a task next.
"""

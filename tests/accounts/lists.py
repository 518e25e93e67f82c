# ruff: noqa: E501 (rows of a file are as long as they are)
"""Lists as other programs export them: their columns and ways to write, with plainly made-up people.

Mailchimp: its audience export, one file for those who get letters, one for those who left, one for those whose mail came
back. Substack: `email_list.*.csv`. Buttondown: the fields of its subscribers. listmonk: its CSV export, with times as
Go writes them. Ghost: its members export.
"""

MAILCHIMP_HEADINGS = (
    '"Email Address","First Name","Last Name",Address,"Phone Number",MEMBER_RATING,OPTIN_TIME,OPTIN_IP,CONFIRM_TIME,'
    "CONFIRM_IP,LATITUDE,LONGITUDE,GMTOFF,DSTOFF,TIMEZONE,CC,REGION,LAST_CHANGED,LEID,EUID,NOTES,TAGS"
)
MAILCHIMP = f"""{MAILCHIMP_HEADINGS}
anna@example.org,Anna,Made-Up,,,2,,,"2024-01-05 10:15:30",192.0.2.1,,,,,,,,"2024-01-05 10:15:30",9001,e1,,"back, sleep"
ben@example.org,Ben,"Invented, Jr.",,,4,"2023-12-31 23:59:59",192.0.2.2,"2024-02-03 08:00:00",192.0.2.2,,,,,,,,"2024-02-03 08:00:00",9002,e2,"A note
over two lines",
"""
MAILCHIMP_LEFT = """"Email Address","First Name",MEMBER_RATING,OPTIN_TIME,CONFIRM_TIME,LAST_CHANGED,UNSUB_TIME,UNSUB_CAMPAIGN_TITLE,UNSUB_REASON,LEID,EUID
carla@example.org,Carla,2,,"2022-03-01 09:00:00","2024-01-01 00:00:00","2024-01-01 00:00:00",July,NORMAL,9003,e3
"""
MAILCHIMP_CLEANED = """"Email Address","First Name",MEMBER_RATING,CONFIRM_TIME,CLEAN_TIME,CLEAN_CAMPAIGN_TITLE,LEID,EUID
dora@example.org,Dora,1,"2022-03-01 09:00:00","2023-05-05 05:05:05",May,9004,e4
"""
SUBSTACK = """email,active_subscription,expiry,plan,email_disabled,created_at,first_payment_at
anna@example.org,false,,other,false,2024-01-15T10:00:00.000Z,
ben@example.org,true,2027-12-01T00:00:00.000Z,yearly,false,2024-02-01T10:00:00.000Z,2024-02-01T10:00:00.000Z
carla@example.org,false,,other,true,2024-03-01T10:00:00.000Z,
"""
BUTTONDOWN = """email_address,notes,metadata,tags,referrer_url,creation_date,type,source,undeliverability_date,unsubscription_date
anna@example.org,,"{""name"": ""Anna""}","back,sleep",,2024-01-05T10:15:30.123456Z,regular,embedded_form,,
ben@example.org,,{},,,2024-02-03T08:00:00Z,premium,import,,
carla@example.org,,{},,,2024-03-01T09:00:00Z,unsubscribed,embedded_form,,2024-05-01T00:00:00Z
dora@example.org,,{},,,2024-03-02T09:00:00Z,undeliverable,embedded_form,2024-05-02T00:00:00Z,
emil@example.org,,{},,,2024-03-03T09:00:00Z,unactivated,embedded_form,,
"""
LISTMONK = """uuid,email,name,attributes,status,created_at,updated_at
11111111-1111-4111-8111-111111111111,anna@example.org,Anna,"{""city"": ""Nowhere""}",enabled,2024-01-05 10:15:30.123456 +0000 UTC,2024-01-05 10:15:30.123456 +0000 UTC
22222222-2222-4222-8222-222222222222,ben@example.org,Ben,{},enabled,2024-02-03 08:00:00 +0100 CET,2024-02-03 08:00:00 +0100 CET
33333333-3333-4333-8333-333333333333,carla@example.org,Carla,{},blocklisted,2024-03-01 09:00:00 +0000 +0000,2024-03-01 09:00:00 +0000 +0000
"""
GHOST = """id,email,name,note,subscribed_to_emails,complimentary_plan,stripe_customer_id,created_at,deleted_at,labels,tiers
aaaa0001,anna@example.org,Anna,,true,false,,2024-01-15T10:00:00.000Z,,back,
aaaa0002,ben@example.org,Ben,"VIP, early",true,true,,2024-02-01T12:30:00.000Z,,,Gold
aaaa0003,carla@example.org,Carla,,false,false,,2024-03-01T10:00:00.000Z,,,
aaaa0004,dora@example.org,Dora,,true,false,,2024-03-02T10:00:00.000Z,2024-06-01T00:00:00.000Z,,
"""
PEERS = {
    "Mailchimp": MAILCHIMP,
    "Substack": SUBSTACK,
    "Buttondown": BUTTONDOWN,
    "listmonk": LISTMONK,
    "Ghost": GHOST,
}
WORDS = "Send me letters about my back and how I sleep."

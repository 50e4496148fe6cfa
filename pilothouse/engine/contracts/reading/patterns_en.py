"""How English contracts agree the terms of IT services: times, availability, credits, data, exit, keys and names.

The terms that lawyers' collections label (term, renewal, law, assignment and the like) are read elsewhere; these are
those of an IT contract beside them. A pattern asks for the form of an obligation, not for the mere name of the thing.
"""

from __future__ import annotations

from pilothouse.engine.contracts.reading.pattern import Pattern, hints, rx
from pilothouse.engine.contracts.reading.pattern_values import (
    credit,
    cure_length,
    fee_for_leaving,
    high_shares,
    length_of_help,
    length_or_none,
    share_behind,
    the_one_amount,
)

_CLIENT = r"(?:customer|client|subscriber|licensee|user|controller)"
_SUPPLIER = r"(?:provider|supplier|vendor|reseller|contractor|company|processor|consultant|licensor|msp|we)"
_SHALL = r"(?:shall|will|must|agrees to|is required to|undertakes to)"
_DATA = r"(?:data|content|personal data|records|information)"

ENGLISH = (
    Pattern(
        "termination_for_cause",
        hints("terminat"),
        rx(
            r"^(?=[^;]*\b(?:may|can|right to|entitled to|be terminated|shall terminate automatically)\b)[^;]"
            r"{0,500}?(?:"
            r"(?:material(?:ly)? breach|breach(?:es)? (?:a |any )?material|\bdefaults?\b|insolven"
            r"|bankrupt)[^;]{0,200}?terminat"
            r"|terminat[^;]{0,200}?(?:material(?:ly)? breach|for cause|materially breach|insolven|bankrupt))"
        ),
        rx(
            r"^.{0,60}$|without cause|surviv|upon (?:any )?termination|effect of termination|notwithstanding"
            r"|except (?:where|if|for)|if (?:this )?agreement (?:is|was) terminated|following termination"
            r"|avoidance of doubt|event of default by|any other agreement"
        ),
        read=cure_length,
        confidence=0.8,
    ),
    Pattern(
        "early_termination_fee",
        hints("terminat"),
        rx(
            r"early[- ]termination (?:fee|charge|payment)…(?:equal|of|payable|shall|will)"
            r"|terminat\w*‥(?:before|prior to) the"
            r" (?:end|expir)[^;]{0,160}?(?:pay|fee|liable)…(?:remaining|fee|percent|%)"
        ),
        rx(r"\bno (?:early )?termination|without (?:penalty|charge|fee)"),
        read=fee_for_leaving,
        confidence=0.8,
    ),
    Pattern(
        "price",
        hints("eur|€|$|usd|£|gbp"),
        rx(
            r"(?:pays?|price|fee|fees|charge|subscription|cost)\b…(?:per month|monthly|a month|per"
            r" year|annual|a year|per user|per seat"
            r"|per quarter|per licen[cs]e)|(?:monthly|annual|quarterly) (?:fee|charge|price|subscription)"
        ),
        rx(
            r"liabilit|insurance|not exceed|penalt|minimum|terminat|damages|royalt|million|thousand"
            r"|net assets|discount|revenue|salary|in no"
            r" event|aggregate|refund|late"
        ),
        read=the_one_amount,
        confidence=0.75,
    ),
    Pattern(
        "price_indexation",
        hints("increase|index|adjust|inflation|price change|prices"),
        rx(
            r"(?:fees?|prices?|charges?|rates?)\b…(?:increase|adjust|index)\w*…(?:consumer price"
            r"|cpi|index|inflation|percent|%|annual"
            r"|per year|each year|anniversary|notice|renewal)"
            rf"|{_SUPPLIER}\b‥(?:may|reserves the right to)‥(?:increase|adjust|change|raise)‥(?:fees"
            r"|prices|charges|rates)"
            r"|price changes?\b…passed on"
        ),
        rx(
            r"third parties|ceases to be published|negotiate|\b(?:no|not) (?:be )?(?:increase|change"
            r"|adjust|subject to)|do not change|remain fixed"
            r"|insurance|credit score|\bcosts? plus\b"
            # interest on what is paid late, amounts by measure, and more of a thing are no rise of a price
            r"|\b(?:interest rate|rate of interest|prime rate|libor|euribor|overdue|delinquent|past due|late payment)"
            r"|imbalance|\b(?:increased|adjusted) by [^.;]{0,40} (?:for|per) each\b"
        ),
        read=share_behind,
        confidence=0.8,
    ),
    Pattern(
        "unlimited_with_cap",
        hints("unlimited"),
        rx(
            r"unlimited\b…(?:fair[- ]use|reasonable use|subject to|up to|maximum)|(?:fair[- ]use"
            r"|reasonable use)…unlimited"
        ),
        rx(r"liabilit|damages|licen[cs]e|unlimited use"),
    ),
    Pattern(
        "bundled_projects",
        hints("project"),
        rx(
            r"(?:monthly fee|fee|fees|price|subscription|services)‥(?:includes?|covers?)…project"
            r"|projects?\b‥(?:is|are) included (?:in|within)"
        ),
        rx(r"not (?:include|cover)|excluded|statement of work"),
        confidence=0.8,
    ),
    Pattern(
        "exclusions",
        hints("not part of|not cover|not includ|excluded from|out of scope|outside the scope|not considered"),
        rx(
            r"(?:is|are) not (?:part of|included in|covered by)‥(?:this|the) (?:agreement|services?"
            r"|document|sla|fee|subscription|scope)"
            r"|(?:services?|sla|support|maintenance|contract|fees?)\b‥(?:do|does) not (?:include|cover)\b"
            r"|(?:is|are) (?:expressly )?excluded from the (?:services?|scope|sla)|(?:is|are|be)"
            r" (?:out of|outside the) scope"
            r"|are not considered (?:downtime|unavailab)"
        ),
        rx(r"warrant|liabilit|confidential|taxes|damages|headings|captions|recitals|indemnif"),
        confidence=0.8,
    ),
    Pattern(
        "scope",
        hints(
            "sla covers|services include|services consist|services comprise|scope of services|scope of work"
        ),
        rx(
            r"\bsla covers\b|\bservices (?:include|consist of|comprise)\b|scope of (?:the )?(?:services"
            r"|work)‥\b(?:is|includes|covers)\b"
        ),
        rx(r"not include|may include|\bno services\b|unless"),
        confidence=0.75,
    ),
    Pattern(
        "scope",
        hints("supplies|provides|shall provide|will provide|manages|maintains|hosts"),
        rx(rf"^the {_SUPPLIER} (?:supplies|provides|shall provide|will provide|manages|maintains|hosts)\b"),
        rx(r"notice|upon request|indemnif"),
        under=rx(r"\bsubject\b|\bscope\b|\bservices\b$|description of (?:the )?services"),
        confidence=0.75,
    ),
    Pattern(
        "availability",
        hints("availab|uptime"),
        rx(r"\bavailability\b|\buptime\b|\bavailable\b(?=[^;]{0,60}(?:%|percent|per cent) of the time)"),
        rx(
            r"not guarantee|no guarantee|\bif the\b|fails? to|falls? below|is not met|less than"
            r"|below \d|example|between \d"
            r"|corresponds to|means the|unavailab"
        ),
        read=high_shares,
    ),
    Pattern(
        "service_credits",
        hints("credit"),
        rx(
            r"(?:service|sla|performance) (?:level )?credits?\b…(?:equal|of\b|percentage|calculat"
            r"|apply|applied|receive|entitle|conditions)"
            r"|(?:entitled|eligible|receive|claim|issue|apply|provide)\b…(?:service|sla|performance)"
            r" (?:level )?credits?"
            r"|credit of‥(?:percent|%)…(?:fee|charge|amount)"
        ),
        rx(
            r"sole and exclusive|credit card|to (?:obtain|receive) a service credit, |letter of"
            r" credit|not (?:be )?(?:entitled|eligible)"
            r"|means\b|definition|no (?:other )?service credit|forfeit"
        ),
        read=credit,
    ),
    Pattern(
        "sole_remedy",
        hints("remed|recourse"),
        rx(
            r"\bsole(?: and exclusive|,? exclusive)?\b‥(?:remed|recourse)|\bexclusive remed(?:y"
            r"|ies)\b|\bonly remed(?:y|ies)\b"
        ),
        rx(
            r"not (?:the |be )?(?:sole|exclusive)|non-?exclusive|cumulative|in addition to|except"
            r" where|^.{0,40}$"
        ),
    ),
    Pattern(
        "data_ownership",
        hints("data|content"),
        rx(
            rf"{_CLIENT}\b‥(?:retains?|reserves?|owns?|shall own|will own)‥(?:all|any|its|ownership"
            rf"|title|rights?)\b…{_DATA}\b"
            rf"|{_CLIENT} (?:is|remains|shall remain)‥owner of…{_DATA}\b"
            rf"|{_CLIENT}(?:'s)? (?:data|content|materials)\b‥(?:is|are|remains?|shall remain"
            r"|belongs?)‥(?:owned by"
            rf"|property of|to) (?:the )?{_CLIENT}\b"
            rf"|(?:data|content|records)\b‥(?:is|are|remains?|shall remain)‥property of (?:the )?{_CLIENT}\b"
        ),
        rx(r"feedback|usage data|confidential information means|means\b|marks|aggregate"),
        confidence=0.85,
    ),
    Pattern(
        "data_return",
        hints("return|delete|destroy|export|retriev|eras"),
        rx(
            rf"(?:termination|terminates|expir|end of|cessation|ends)[^;]{{0,200}}?(?:return|delet"
            r"|destroy|export"
            rf"|retriev|eras)\w*[^;]{{0,140}}?"
            rf"(?:{_CLIENT}(?:'s)? (?:data|content|materials)|personal data|\bdata\b)"
            rf"|(?:return|delete|deletion|destroy|export|retriev|eras)\w*[^;]{{0,140}}?(?:{_CLIENT}(?:'s)?"
            r" (?:data|content)|personal data)"
            rf"[^;]{{0,160}}?(?:terminat|expir|end of|cessation)"
        ),
        rx(r"surviv|confidential information|means\b"),
        read=length_or_none,
        confidence=0.85,
    ),
    Pattern(
        "exit_assistance",
        hints("transition|exit|termination assistance|disengagement|successor|migration|handover"),
        rx(
            rf"(?:{_SHALL}|provides?|agrees)…(?:transition|exit|termination|disengagement|migration"
            r"|handover) (?:assistance|services|support)(?! agreement)"
            rf"|(?:transition|exit|termination|disengagement) (?:assistance|services)…{_SHALL}‥(?:be"
            r" provided|provide)"
            rf"|{_SHALL}‥(?:assist|cooperate|co-operate)…(?:transition|migration|transfer)…(?:{_CLIENT}"
            r"|successor|another|new|replacement)"
        ),
        rx(r"not (?:be )?(?:obliged|required)|no obligation|means\b|prior to the start"),
        read=length_of_help,
        confidence=0.85,
    ),
    Pattern(
        "sub_processors",
        hints("subprocessor|sub-processor|subcontractor|sub-contractor"),
        rx(
            r"(?:use|engage|appoint|retain|add|change|replace"
            r"|subcontract)\w*\b[^;]{0,100}?(?:sub-?processors?|sub-?contractors?)"
            r"[^;]{0,160}?(?:consent|approv|notice|notif|list|object|responsible|liable|authori)"
            r"|(?:consent|approval|authori[sz]ation|approved|notice)\b[^;]{0,120}?(?:use|engage"
            r"|appoint|add|change|replace)"
            r"\w*\b[^;]{0,60}?(?:sub-?processors?|sub-?contractors?)"
            r"|sub-?processors?\b[^;]{0,160}?(?:consent|notice|notify|\blist\b|object|approved|liable"
            r"|responsible for)"
            r"|list of‥sub-?processors|(?:responsible|liable) for‥(?:sub-?processors?|sub-?contractors?)"
            r"|(?:responsible|liable) for (?:all )?(?:the )?(?:acts|actions|obligations)…(?:sub-?processors?"
            r"|sub-?contractors?)"
            r"|sub-?contractors must be approved"
        ),
        rx(
            r"\bmeans\b|meaning|nothing herein|responsible engineer|indemnif|insurance|employees, agents"
            r"|confidential information|taxes|(?:^|\bthe )sub-?contractor (?:will|shall|may|and"
            r"|agrees|represents)|regulatory"
        ),
        confidence=0.8,
    ),
    Pattern(
        "security_duties",
        hints(
            "safeguards|security measures|security program|technical and organi|multi-factor|encrypt|security controls"
        ),
        rx(
            rf"(?:{_SHALL}|maintains?|implements?|has implemented)\b…(?:safeguards|security measures"
            r"|security program|technical and"
            r" organi[sz]ational|multi-factor|encrypt|security controls)"
        ),
        rx(
            rf"\b{_CLIENT} (?:{_SHALL}|is responsible)|means\b|not\b‥(?:circumvent|bypass|disable)"
            r"|adequacy|for the transfer"
        ),
        confidence=0.85,
    ),
    Pattern(
        "incident_notice",
        hints("notify|notif|inform|report"),
        rx(
            r"(?:notify|notice|notification|inform|report)\b…(?:security (?:incident|breach)|data"
            r" breach|personal data breach|breach of"
            r" security|unauthori[sz]ed access)"
            r"|(?:security (?:incident|breach)|data breach|personal data breach)[^;]{0,160}?(?:notify"
            r"|inform|report)\b"
        ),
        rx(rf"\b{_CLIENT} {_SHALL}‥(?:notify|inform|report)|means\b|obligation to (?:report|respond)‥not"),
        read=length_or_none,
    ),
    Pattern(
        "credentials_ownership",
        hints("password|credential|administrator account|admin account|administrative account|global admin"),
        rx(
            r"(?:passwords?|credentials|admin(?:istrat(?:or|ive))? accounts?|global admin\w*)\b…(?:belongs?"
            r"|owned by|property of|hand(?:ed)? over"
            rf"|returned to|provided to (?:the )?{_CLIENT} (?:on|upon))"
            rf"|{_CLIENT} (?:owns|shall own|retains ownership of)…(?:passwords?|credentials|admin)"
        ),
        rx(r"confidential(?:ity)? of|responsible for|safeguard|keep"),
    ),
    Pattern(
        "domain_ownership",
        hints("domain name"),
        rx(
            r"domain names?\b…(?:belongs?|owned by|property of|registered in (?:the )?(?:name of"
            rf" (?:the )?)?{_CLIENT})"
        ),
        rx(r"infring|trademark|marks\b|license"),
    ),
    Pattern(
        "licence_ownership",
        hints("licence|license"),
        rx(
            r"licen[cs]es?\b‥(?:purchased|procured|acquired|bought|held|obtained)‥(?:for|by|on"
            rf" behalf)…(?:name of (?:the )?{_CLIENT}"
            rf"|belongs?|owned by|property of|transfer\w* to (?:the )?{_CLIENT})"
            rf"|licen[cs]es?\b‥(?:held|registered|purchased) in (?:the )?(?:name of (?:the )?)?{_CLIENT}"
        ),
        rx(r"intellectual property|non-exclusive|sublicens"),
        confidence=0.8,
    ),
    Pattern(
        "documentation_ownership",
        hints("documentation|diagram|runbook"),
        rx(
            r"(?:(?:network|system|environment|configuration|site|infrastructure) documentation"
            r"|diagrams?|runbooks?)\b…(?:belongs?"
            r"|owned by|property of)"
            rf"|documentation\b…(?:belongs? to|owned by|property of) (?:the )?{_CLIENT}"
        ),
        rx(r"licensor|software and (?:the )?documentation"),
        confidence=0.8,
    ),
)

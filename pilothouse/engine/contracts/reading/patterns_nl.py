"""How Dutch contracts, of Belgium and of the Netherlands, agree each term.

A pattern asks for the form of an obligation (who shall, may, owns), not for the mere name of the thing; what denies a
term ("stilzwijgende verlenging is uitgesloten") silences it.
"""

from __future__ import annotations

from pilothouse.engine.contracts.reading.pattern import Pattern, hints, rx
from pilothouse.engine.contracts.reading.pattern_values import (
    a_share,
    always,
    amount_or_none,
    an_amount,
    calendar_length_behind,
    cap,
    credit,
    cure_length,
    day_behind,
    fee_for_leaving,
    high_shares,
    law,
    length_of_help,
    length_or_none,
    notice_before_end,
    notice_length,
    renewal_length,
    share_behind,
)

_CONTRACT = (
    r"(?:overeenkomst|contract|abonnement|huur|opdracht|raamovereenkomst|licentie|dienstverlening"
    r"|samenwerking|\bze\b|\bzij\b"
    r"|\bhet\b)"
)
_CLIENT = (
    r"(?:klant|opdrachtgever|afnemer|huurder|gebruiker|verwerkingsverantwoordelijke|koper|licentienemer)"
)
_SUPPLIER = (
    r"(?:leverancier|dienstverlener|opdrachtnemer|verhuurder|operator|verkoper|verwerker|hoster"
    r"|licentiegever|provider)"
)
_END = (
    r"(?:volgende (?:factuurdatum|periode|termijn)|einde|verstrijken|afloop|vervaldag|vervaldatum"
    r"|verlenging|lopende (?:termijn|periode|duur))"
)
_END_CONTRACT = (
    r"(?:opzeg\w*|beëindig\w*|opgezegd|een einde (?:maken|stellen)|ontbind\w*|ontbonden|verbreken|verbreekt)"
)
_FAULT = (
    r"(?:tekortkom\w*|tekortschiet\w*|wanprestatie|wanbetaling|niet[- ]nakom\w*|niet nakomt"
    r"|verplichtingen niet na\b|ernstige"
    r" fout|zware fout|inbreuk"
    r"|in gebreke|faillissement|schending)"
)

DUTCH = (
    Pattern(
        "agreement_date",
        hints("opgemaakt|ondertekend|gesloten|gedaan te|aldus|datum"),
        rx(
            r"(?:(?:opgemaakt|gedaan|overeengekomen|ondertekend|gesloten)(?: en ondertekend)?(?:"
            r" te [^;,]{2,30}?)?,?"
            r"(?: in [^;,]{2,25},)? (?:op|d\.d\.|de dato) |datum van (?:ondertekening|sluiting)"
            r" ?:? ?|ondertekeningsdatum ?:? ?)"
        ),
        rx(r"gewijzigd|wet van|koninklijk"),
        read=day_behind,
    ),
    Pattern(
        "effective_date",
        hints("werking|gaat in|vangt|ingang|begint|aanvang|start|loopt van"),
        rx(
            r"(?:treedt in (?:werking|voege)|gaat in|vangt aan|neemt (?:een )?aanvang|begint(?:"
            r" te lopen)?|start|met ingang van"
            r"|ingangsdatum|aanvangsdatum|startdatum|loopt van|in werking getreden)(?: is)?(?: op"
            r"| vanaf| per)? ?:? ?"
        ),
        rx(r"\bwet\b|verordening|richtlijn|besluit van"),
        read=day_behind,
    ),
    Pattern(
        "effective_date",
        hints("ondertekening"),
        rx(
            rf"{_CONTRACT}…(?:treedt in (?:werking|voege)|gaat in|vangt aan|neemt aanvang)‥(?:datum"
            r"|dag|vanaf|bij|op)‥ondertekening"
        ),
    ),
    Pattern(
        "initial_term",
        hints("duur|looptijd|termijn|periode|geldt|loopt|voor|minimum"),
        rx(
            r"(?:(?:vaste|initiële|eerste|minimale|bepaalde|oorspronkelijke|minimum-?) ?(?:contract)?(?:duur"
            r"|looptijd"
            r"|termijn|periode)(?: van deze overeenkomst)? ?(?:van|bedraagt|is|:) ?"
            r"|^(?:de )?(?:looptijd|duur|contractduur|contractsduur)(?: van (?:de|deze) overeenkomst)?(?:"
            r" is| bedraagt)?"
            r" ?:? ?|(?:heeft|hebben) een (?:looptijd|duur) van "
            r"|(?:aangegaan|gesloten|afgesloten|geldt|geldig|gaat in|treedt in werking|loopt"
            r"|toegekend)\b…voor (?:een |de )?"
            r"(?:vaste |bepaalde |initiële )?(?:duur |periode |termijn |looptijd )?(?:van )?|overeenkomst"
            r" loopt )"
        ),
        rx(
            r"opzeg\w*termijn|opzegperiode|geheim|vertrouwelijk|onbepaalde|verleng\w* met|telkens"
            r"|bewaar|garantie|exit"
            r"|bijstand|\bna (?:de|afloop)"
        ),
        read=calendar_length_behind,
        confidence=0.85,
        before=True,
    ),
    Pattern(
        "initial_term",
        hints("minimum"),
        rx(r"aangegaan\b…met een minimum(?:duur|looptijd)? van "),
        read=calendar_length_behind,
        confidence=0.8,
    ),
    Pattern(
        "expiration",
        hints("eindig|loopt|vervalt|tot en met|einddatum|afloop|verstrijkt"),
        rx(
            r"(?:eindigt|eindigend|loopt af|verstrijkt|vervalt|einddatum|eindigen|ten einde|tot"
            r" en met|loopt tot)(?: van rechtswege)?"
            r"(?: op| en met| is)? ?:? ?"
        ),
        rx(r"geheim|vertrouwelijk|offerte|factuur|garantie"),
        read=day_behind,
    ),
    Pattern(
        "expiration",
        hints("onbepaalde"),
        rx(
            r"(?:aangegaan|gesloten|afgesloten|geldt|loopt|is|voor)\b‥(?:voor )?(?:een )?onbepaalde"
            r" (?:duur|tijd|termijn|looptijd)"
        ),
        rx(
            r"verleng|na afloop|voortgezet|omgezet|(?:welke|die|indien|wanneer)\b‥(?:is|wordt|werd)"
            r" (?:aangegaan|gesloten)"
            r"|tijd kan\b|duur kan\b"
        ),
        read=always("perpetual"),
    ),
    Pattern(
        "renewal_term",
        hints("verleng|vernieuw|hernieuw|voortgezet"),
        rx(
            r"(?:(?:stilzwijgend|automatisch|telkens|van rechtswege|steeds|jaarlijks|elke maand"
            r"|maandelijks)…(?:verleng\w*"
            r"|vernieuw\w*|hernieuw\w*|voortgezet)"
            r"|(?:verlengd|vernieuwd|hernieuwd|verlengt|voortgezet)\b…(?:stilzwijgend|automatisch"
            r"|telkens|met|voor|perioden?s?))"
        ),
        rx(
            r"(?:geen|zonder|nooit)\b[^;]{0,25}(?:verleng|vernieuw)|(?:verleng"
            r"|vernieuw)\w*[^;]{0,30}(?:uitgesloten|niet mogelijk)"
            r"|niet[^;]{0,25}(?:verlengd|vernieuwd|verlengbaar)|verlenging wordt voorkomen|verlenging"
            r" (?:te )?(?:voorkomen|verhinderen)"
            r"|certifica|wachtwoord|levertermijn|uitvoeringstermijn"
        ),
        read=renewal_length,
    ),
    Pattern(
        "renewal_notice",
        hints("opzeg|opgezegd|verleng|beëindig|aangetekend"),
        rx(
            rf"(?:opzeg\w*|opgezegd|verleng\w*|beëindig\w*|aangetekend\w*|kennisgeving)…{_END}"
            r"|verleng[dt]\b…(?:tenzij|behoudens|behalve)…(?:opgezegd|opzeg|beëindig)"
            rf"|{_END}…(?:opzeg\w*|opgezegd"
            rf"|beëindig\w*)"
        ),
        rx(
            r"te allen tijde|op (?:elk|ieder|gelijk welk) (?:moment|ogenblik|tijdstip)|zonder (?:opgave"
            r" van )?reden|facturen"
            rf"|{_FAULT}|ingebrekestelling|controlewijziging|wijziging van (?:de )?controle|prijs"
            r"|tarie|kosteloos|verbrekingsvergoeding"
            r"|schadevergoeding|gegevens|overdracht|bijstand"
        ),
        read=notice_before_end,
    ),
    Pattern(
        "termination_for_convenience",
        hints("opzeg|beëindig|een einde"),
        rx(
            r"^(?=[^;]*\b(?:kan|kunt|kunnen|mogelijk|mag|mogen|recht|gerechtigd|vrij)\b)[^;]{0,400}?(?:"
            r"(?:te allen tijde|op (?:elk|ieder|gelijk welk) (?:moment|ogenblik|tijdstip)|zonder"
            r" (?:opgave van )?reden|tussentijds|altijd"
            rf"|vrij)…{_END_CONTRACT}"
            rf"|{_END_CONTRACT}…(?:te allen tijde|op (?:elk|ieder|gelijk welk) (?:moment|ogenblik"
            r"|tijdstip)|zonder (?:opgave van )?reden)"
            rf"|(?:kan|kunt|kunnen|mag|mogen|recht)…{_END_CONTRACT}…(?:met inachtneming|mits|met"
            r" een (?:opzeg\w*|termijn))"
            r"|opzegging (?:is )?mogelijk…(?:inachtneming|opzeg\w*termijn)"
            r")"
        ),
        rx(
            rf"{_FAULT}|ingebrekestelling|overmacht|(?:kan|kunnen|mag|mogen) (?:niet|geen)|\bniet"
            r" (?:tussentijds|vroegtijdig)|kan niet"
            r"|tegen het einde|voor het (?:einde|verstrijken)|lopende termijn|controlewijziging"
            r"|wijziging|stijging|verhoging|onverminderd"
        ),
        read=notice_length,
    ),
    Pattern(
        "termination_for_convenience",
        hints("opzegtermijn|opzeggingstermijn"),
        rx(r"geldt\b‥een opzeg\w*termijn van|opzeg\w*termijn\b‥(?:bedraagt|is)\b"),
        rx(rf"{_END}|{_FAULT}|controle|prijs|tarie|jaarcontract|jaarabonnement|verbreking"),
        read=notice_length,
        confidence=0.8,
    ),
    Pattern(
        "termination_for_cause",
        hints("ontbind|ontbonden|opzeg|beëindig|een einde"),
        rx(rf"{_FAULT}[^;]{{0,260}}?{_END_CONTRACT}|{_END_CONTRACT}[^;]{{0,160}}?{_FAULT}"),
        rx(r"onverminderd het recht|zonder fout|persoonsgegevens|verlenging wordt|geheimhouding"),
        read=cure_length,
    ),
    Pattern(
        "early_termination_fee",
        hints("vergoeding|betaalt|verschuldigd|resterende|verbreking"),
        rx(
            r"(?:voortijdige?|vroegtijdige?|vroeger|tussentijdse?|voor het (?:einde|verstrijken)"
            r" van)…(?:vergoeding|betaalt|verschuldigd"
            r"|resterende|aangerekend|betaalbaar|betaald)"
            r"|(?:verbrekingsvergoeding|opzegvergoeding|verbrekingskost"
            r"|beëindigingsvergoeding)\w*…(?:verschuldigd|gelijk|bedraagt|van)"
            r"|(?:vergoeding|bedragen|huurgelden)\w*…tot het einde van de (?:termijn|looptijd|overeenkomst)…"
            r"verschuldigd"
        ),
        rx(
            r"zonder (?:enige )?(?:vergoeding|kosten|schadevergoeding)|kosteloos|geen (?:enige"
            r" )?(?:vergoeding|kosten)|laattijdige betaling"
        ),
        read=fee_for_leaving,
    ),
    Pattern(
        "price",
        hints("€|eur|usd"),
        rx(
            r"(?:vergoeding|prijs|betaalt|huurprijs|kosten|kost|bedraagt|maandbedrag|tarief|abonnement"
            r"|forfait|maandelijks\w*"
            r"|jaarlijks\w*|per maand|per jaar)\b"
        ),
        rx(
            r"tussentijds|vroegtijdig|voortijdig|opzegg|aansprakelijk|verzekering|dekking|schade"
            r"|boete|minimum|minimaal|afname|verbreking"
            r"|invordering|kapitaal|krediet|waarborg"
            r"|ten hoogste|maximaal|beperkt"
        ),
        read=an_amount,
        confidence=0.85,
    ),
    Pattern(
        "price_indexation",
        hints("index|aangepast|herzien|aanpass|aan te passen|stijg|verhog|verhoog|wijzig"),
        rx(
            r"(?:prijs|prijzen|tarief|tarieven|vergoeding\w*|huurprijs|bedragen|maandbedrag)\b…(?:index"
            r"|geïndexeerd|aangepast|herzien"
            r"|aanpass|verhoog|verhog)…(?:jaarlijks|index|loonkost|agoria|evolutie|percent|%|verjaardag"
            r"|januari|formule|kennisgeving)"
            r"|(?:jaarlijks|per jaar|op 1 januari|elk jaar)\b…(?:index|geïndexeerd|aangepast|herzien)"
            r"|(?:tarief|tarieven|prijs|prijzen)\b…stijg\w*…(?:ten hoogste|maximaal|hoogstens)"
            r"|(?:behoudt zich het recht voor|mag|kan|gerechtigd)\b…(?:prijs|prijzen|tarieven|vergoedingen)…"
            r"(?:wijzig"
            r"|aanpass|aan te passen|verhog|herzien|index)"
            r"|(?:vergoeding|prijs)\w*\b…jaarlijks‥te indexeren"
            r"|(?:indexering|indexatie|prijsaanpassing|prijsherziening)\b…(?:maximaal|maximum|ten"
            r" hoogste|jaarlijks|formule)"
        ),
        rx(
            r"niet (?:geïndexeerd|aangepast|herzien|verhoogd)|geen (?:indexer|indexa|prijs)|zonder"
            r" (?:indexer|indexa)|blijft gelijk"
            r"|blijven gelijk|bespreken"
        ),
        read=share_behind,
    ),
    Pattern(
        "price_indexation",
        hints("aanpassing|indexering|indexatie|verhoging|stijging"),
        rx(
            r"(?:aanpassing|indexering|indexatie|verhoging|stijging)\b…(?:mag|kan)‥(?:nooit )?(?:niet"
            r" )?(?:meer|hoger)"
            r"|(?:aanpassing|indexering|indexatie|verhoging|stijging)\b…(?:beperkt tot|bedraagt"
            r" (?:ten hoogste|maximaal))"
        ),
        read=a_share,
    ),
    Pattern(
        "minimum_commitment",
        hints("minim|ten minste|minstens"),
        rx(
            r"(?:verbindt zich|verplicht zich|zal)…(?:ten minste|minstens|minimaal|minimum)…(?:af"
            r" te nemen|afnemen|bestellen|te bestellen"
            r"|aan te kopen|kopen)"
            r"|minimumafname\b‥(?:bedraagt|van|:)|minimale (?:afname|omzet|bestelling)\b‥(?:bedraagt|van)"
        ),
        rx(r"verzekering|dekking|geen minim"),
        read=amount_or_none,
    ),
    Pattern(
        "unlimited_with_cap",
        hints("onbeperkt|ongelimiteerd"),
        rx(
            r"(?:onbeperkt|ongelimiteerd)\w*…(?:fair[ -]use|redelijk gebruik|grenzen|maxim|ten hoogste"
            r"|normaal gebruik|tenzij misbruik"
            r"|gemiddeld)|(?:fair[ -]use|redelijk gebruik|binnen de grenzen)…(?:onbeperkt|ongelimiteerd)"
        ),
        rx(r"aansprakelijk|schade"),
    ),
    Pattern(
        "scope",
        hints("voorwerp|betrekking|omvat|betreft"),
        rx(
            rf"{_CONTRACT}‥(?:heeft|hebben) (?:tot|als) (?:voorwerp|doel)|(?:voorwerp van (?:de|deze)"
            r" overeenkomst) (?:is|betreft)"
            r"|(?:dienst\w*|dienstverlening|overeenkomst|forfait|abonnement|maandbedrag)\b‥(?:omvat"
            r"|omvatten|behelst)\b"
        ),
        rx(r"omvat(?:ten)? (?:niet|geen)|project|begrip"),
        confidence=0.8,
    ),
    Pattern(
        "scope",
        hints("beheert|levert|verhuurt|verzorgt|onderhoudt|verleent|stelt|biedt"),
        rx(rf"\b{_SUPPLIER} (?:beheert|levert|verhuurt|verzorgt|onderhoudt|verleent|stelt|biedt)\b"),
        rx(r"levert (?:niet|geen)|op verzoek"),
        under=rx(r"voorwerp|^(?:\w+ \d+\W*)?diensten$|omschrijving|onderwerp"),
        confidence=0.75,
    ),
    Pattern(
        "exclusions",
        hints(
            "begrepen|uitgesloten|buiten|niet opgenomen|behoren|maakt geen deel|maken geen deel|exclusief|omvat"
        ),
        rx(
            r"niet (?:in (?:de|het) [\w ]{2,30})?(?:inbegrepen|begrepen|opgenomen)|niet (?:gedekt"
            r"|genoemd)[^;]{0,40}(?:niet )?inbegrepen"
            r"|(?:inbegrepen|begrepen)[^;]{0,60}(?:\w+ niet\b|behalve|uitgezonderd)"
            r"|(?:val(?:len|t)|zijn|is)‥buiten (?:de|het|deze)‥(?:overeenkomst|forfait|dienst|contract"
            r"|bedrag|toepassing)"
            r"|(?:maakt|maken) geen deel uit van (?:de|het|deze)‥(?:overeenkomst|forfait|dienst|contract)"
            r"|uitgesloten (?:zijn|van)‥(?:de|het|deze)?‥(?:dienst|overeenkomst|forfait|onderhoud)"
            r"|omvat(?:ten)? (?:niet|geen)\b"
        ),
        rx(r"aansprakelijk|btw niet inbegrepen|garantie|niet opgenomen dagen|opgenomen dagen"),
        confidence=0.8,
    ),
    Pattern(
        "bundled_projects",
        hints("project"),
        rx(
            r"(?:maandbedrag|forfait|vergoeding|prijs|abonnement)…(?:begrepen|inbegrepen|omvat)…project"
            r"|(?:maandbedrag|forfait|vergoeding|prijs|abonnement)…project\w*…(?:begrepen|inbegrepen)"
            r"|project\w*…(?:zijn|is)…(?:begrepen|inbegrepen) in"
        ),
        rx(r"niet (?:inbegrepen|begrepen)|geen project"),
    ),
    Pattern(
        "availability",
        hints("beschikba|uptime|bereikba"),
        rx(r"beschikbaarheid\w*|beschikbaar|uptime|bereikbaarheid"),
        rx(
            r"\bgeen\b[^;]{0,30}(?:uptime|beschikbaarheid|garan)|niet (?:ge)?haalt|niet (?:wordt"
            r" )?gehaald|voorbeeld|lager dan|onder de|wanneer|indien"
            r"|per begonnen|tussen \d"
        ),
        read=high_shares,
    ),
    Pattern(
        "service_credits",
        hints("krediet|teruggegeven|vergoed|korting|boete|terugbetaal|gecrediteerd|terugbetaald"),
        rx(
            r"(?:service-?krediet\w*|service credits?)…(?:van|bedraagt|ontvangt|recht|gelijk)|(?:ontvangt"
            r"|recht op|ontvangen|krijgt)…"
            r"(?:service-?krediet|service credit|korting|creditnota)"
            r"|(?:percent|%|dertigste)…(?:maandbedrag|maandprijs|maandelijkse vergoeding)…(?:teruggegeven"
            r"|vergoed|terugbetaald"
            r"|gecrediteerd|in mindering)"
            r"|(?:per begonnen|dertigste van|percent van)…(?:vergoed|teruggegeven|gecrediteerd|terugbetaald)"
        ),
        rx(
            r"is het enige verhaal van|als enige|met uitsluiting van|laattijdige betaling|verbreking"
            r"|opzegg|aansprakelijk"
        ),
        read=credit,
    ),
    Pattern(
        "sole_remedy",
        hints("enige|niets anders|uitsluiting|uitsluitend"),
        rx(
            r"(?:is|zijn|vorm\w+|geld\w+|als) (?:het|de)? ?(?:enige|exclusieve|uitsluitende)(?:"
            r" en \w+)? (?:verhaal|vergoeding|remedie"
            r"|sanctie|rechtsmiddel|schadevergoeding|schadeloosstelling|tegemoetkoming)"
            r"|(?:vergoed|gecrediteerd|krediet)…(?:en met niets anders|met uitsluiting van (?:elke"
            r"|iedere|enige) andere)"
        ),
    ),
    Pattern(
        "liability_cap",
        hints("aansprakelijk|schadevergoeding|vergoeding voor"),
        rx(
            r"(?:aansprakelijk(?:heid)?|schadevergoeding|vergoeding voor (?:directe |alle )?schade)\b[^;]"
            r"{0,200}?(?:beperkt"
            r"|ten hoogste|maximaal|maximum|hoogstens|nooit meer|nimmer meer|niet meer|meer bedragen"
            r" dan|overschrijdt nooit"
            r"|niet hoger|begrensd)"
        ),
        rx(
            r"bespreken|beperking van aansprakelijkheid moet|besloten vennootschap|verzekering\w*"
            r" (?:af|burgerlijke)"
            r"|verbrekings|forfaitaire|deze beperking geldt niet"
        ),
        read=cap,
    ),
    Pattern(
        "liability_uncapped",
        hints(
            "geldt niet|gelden niet|behalve|behoudens|uitgezonderd|zonder grens|onbeperkt|niet van toepassing|tenzij"
        ),
        rx(
            r"(?:beperking\w*|uitsluiting\w*|maximum)…(?:geldt niet|gelden niet|niet van toepassing)"
            r"|(?:beperkt|uitgesloten|ten hoogste|maxim)[^;]{0,240}(?:behalve|uitgezonderd|tenzij"
            r"|behoudens)…(?:opzet"
            r"|grove fout|grove schuld|bedrog"
            r"|lichamelijk|overlijden)"
            r"|(?:behalve|behoudens)…(?:opzet|grove schuld|grove fout|bedrog)[^;]{0,200}?aansprakelijkheid"
            r"[^;]{0,200}?beperkt"
            r"|(?:schade|aansprakelijk)\w*…(?:zonder grens|zonder beperking|onbeperkt)|onbeperkt aansprakelijk"
        ),
    ),
    Pattern(
        "data_ownership",
        hints("gegevens|data|content"),
        rx(
            rf"(?:gegevens|data|content)\b…(?:blijven|zijn|behoren|blijft)‥(?:eigendom|van de {_CLIENT}"
            rf"|toe aan de {_CLIENT})"
            rf"|\b(?:{_CLIENT}|je|jij|u)\b‥(?:is|blijft|blijven) (?:de )?(?:enige )?eigenaar van‥(?:gegevens"
            r"|data|content)"
        ),
        rx(
            r"persoonsgegevens van de (?:medewerkers|contactpersonen)|eigendom van de (?:leverancier"
            r"|dienstverlener)"
        ),
    ),
    Pattern(
        "data_return",
        hints("terug|overhandig|bezorg|export|wis|vernietig|verwijder"),
        rx(
            r"(?:einde|beëindiging|afloop|ontbinding|opzegging)[^;]{0,200}?(?:gegevens"
            r"|data)[^;]{0,160}?(?:terug|overhandig"
            r"|bezorg|export|gewist|wist|vernietig|verwijder|kopie)"
            r"|(?:einde|beëindiging|afloop|ontbinding|opzegging)[^;]{0,200}?(?:terug|overhandig"
            r"|bezorg|export|wist|vernietig"
            r"|verwijder)[^;]{0,160}?(?:gegevens|data)\b"
            r"|(?:gegevens|data)\b[^;]{0,160}?(?:terug|wist|gewist|vernietig|verwijder)[^;]{0,100}?(?:einde"
            r"|beëindiging"
            r"|afloop)"
        ),
        rx(r"back-?up\w* worden|verkeersgegevens|testgegevens|huurder wist|contactgegevens"),
        read=length_or_none,
    ),
    Pattern(
        "data_return",
        hints("terug|overhandig|bezorg|export|wis|vernietig|verwijder"),
        rx(
            r"(?:gegevens|data)\b[^;]{0,160}?(?:teruggeg|teruggev|terugbezorg|gewist|vernietigd"
            r"|verwijderd|geëxporteerd)"
        ),
        rx(r"back-?up\w* worden|verkeersgegevens|testgegevens|mag niet|mogen niet|door de klant"),
        under=rx(r"beëindiging|einde|exit|teruggave|gevolgen"),
        read=length_or_none,
        confidence=0.8,
    ),
    Pattern(
        "exit_assistance",
        hints("bijstand|opvolger|overdracht|overgang|transitie|medewerking|exit"),
        rx(
            r"(?:verleent|verleen|helpt|werkt|zal|biedt|levert|ondersteunt|verbindt zich|waarborgt)…(?:exit"
            r"|opvolger|overdracht"
            r"|overgang|transitie|migratie naar|nieuwe (?:leverancier|dienstverlener))"
        ),
        rx(
            r"niet gehouden|\bgeen (?:\w+ )?(?:bijstand|hulp)|kunnen beschrijven|begrip|overdracht"
            r" (?:aan|van) (?:derden|de overeenkomst"
            r"|deze)|toestemming|risico|eigendomsoverdracht|gegevensoverdracht"
        ),
        read=length_of_help,
    ),
    Pattern(
        "sub_processors",
        hints("onderaannem|subverwerker|sub-verwerker"),
        rx(
            r"(?:onderaannem\w*|sub-?verwerkers?)[^;]{0,160}?(?:toestemming|akkoord|meegedeeld|mee"
            r" te delen|lijst|vooraf|aansprakelijk"
            r"|verantwoordelijk|goedkeuring|informeert)"
            r"|(?:toestemming|akkoord|lijst|goedkeuring|informeert)[^;]{0,160}?(?:onderaannem|sub-?verwerker)"
        ),
        rx(r"begrip|wordt verstaan|personeel"),
    ),
    Pattern(
        "audit_rights",
        hints("audit|controle|controleren|nazicht"),
        rx(
            rf"(?:{_CLIENT}|opdrachtgever)\b…(?:recht|mag|kan)\b…(?:audit\w*|controleren|controle"
            r" uit te (?:voeren|oefenen)|laten nagaan)"
            rf"|audits?\b…(?:toestaan|toelaten|mogelijk maken|meewerken)|(?:werkt|verleent)…(?:aan )?audits?\b"
        ),
        rx(r"controlewijziging|wijziging van controle|begrip|btw-controle"),
    ),
    Pattern(
        "security_duties",
        hints("maatregel|factor|versleutel|back-up|backup|firewall|beveilig|kwetsbaar"),
        rx(
            r"(?:treft|neemt|nemen|treffen|onderhoudt|implementeert|waarborgt|zorgt)…(?:passende"
            r"|gepaste|nodige|technische|redelijke|vereiste)"
            r"…maatregelen"
            r"|(?:tweede factor|meerfactor\w*|multifactor\w*|multi-factor\w*|mfa|tweestaps\w*)"
            r"|(?:passende|gepaste) (?:technische|organisatorische)…maatregelen (?:zijn|worden)"
            r"|(?:zijn|worden|wordt|is)‥versleuteld|versleutelt\b|(?:test|controleert)…back-?ups?"
            r"|installeert‥beveiligingsupdates"
        ),
        rx(
            rf"\b{_CLIENT} (?:neemt|treft|zorgt|beveiligt|is verantwoordelijk)|door de {_CLIENT}"
            r"|aanbevol|niet verantwoordelijk|slecht"
        ),
        confidence=0.85,
    ),
    Pattern(
        "incident_notice",
        hints("meld|melding|verwittig|kennis|informeer|stelt|op de hoogte"),
        rx(
            r"(?:meld(?:t|en|de)?|verwittigt|informeert|brengt|stelt)\b[^;]{0,140}?(?:inbreuk|datalek\w*|lek\b"
            r"|beveiligingsincident\w*"
            r"|veiligheidsincident\w*|incident)"
            r"|(?:inbreuk\w*|datalek\w*|beveiligingsincident\w*)…(?:wordt|worden|meldt)‥(?:gemeld"
            r"|meegedeeld|binnen)"
        ),
        rx(rf"\b{_CLIENT} (?:meldt|verwittigt|informeert|stelt)|storing|responstijd"),
        read=length_or_none,
    ),
    Pattern(
        "anti_assignment",
        hints("overdrag|overgedragen|overdracht|overdraagbaar|over te dragen"),
        rx(
            r"(?:geen van|niet|noch|slechts|enkel|alleen|verboden)\b[^;]{0,200}?(?:overdragen|overgedragen"
            r"|over te dragen)"
            r"\b[^;]{0,140}?(?:zonder|toestemming|akkoord|tenzij|niet)"
            r"|(?:geen van|niet|noch|slechts|enkel|alleen|verboden)\b[^;]{0,200}?(?:zonder|toestemming"
            r"|akkoord)[^;]{0,140}?"
            r"(?:overdragen|overgedragen|over te dragen)"
            r"|niet[ -]overdraagbaar…(?:zonder|behoudens)"
            r"|overdracht van (?:de|deze) (?:overeenkomst|rechten)…(?:toestemming|akkoord|verboden)"
        ),
        rx(r"persoonsgegevens|kosten te worden overgedragen|naar een andere operator|gebruiksrecht"),
    ),
    Pattern(
        "change_of_control",
        hints("controle|zeggenschap|overname"),
        rx(
            r"(?:controlewijziging|wijziging (?:van|in) (?:de )?(?:controle|zeggenschap)|overname"
            r" van de leverancier)…(?:opzeg|beëindig"
            r"|meld|verwittig|toestemming|akkoord|kennis)"
            r"|(?:opzeg|beëindig|verwittig|kennis|meldt)\w*…(?:controlewijziging|wijziging (?:van|in)"
            r" (?:de )?(?:controle|zeggenschap))"
        ),
        rx(r"wordt verstaan|begrip"),
    ),
    Pattern(
        "insurance",
        hints("verzeker"),
        rx(
            r"(?:sluit|onderhoudt|houdt|beschikt|heeft|handhaaft|bezit)…verzekering|verzekering\w*…(?:af"
            r" te sluiten|afgesloten|sluit|dekking"
            r"|in stand)"
            r"|verzekert\b…tegen|is verzekerd voor‥aansprakelijkheid"
        ),
        rx(r"geen verzekering|sociale verzekering|verzekert (?:zich )?dat"),
        read=amount_or_none,
    ),
    Pattern(
        "ip_ownership",
        hints("intellectuele|auteursrecht|broncode|software"),
        rx(
            r"(?:intellectuele (?:eigendoms)?rechten|intellectuele eigendomsrechten|intellectuele"
            r" eigendom|auteursrecht\w*|broncode"
            r"|software)\b…(?:komen toe|komt toe|toebehoren|behoren toe|blijven|blijft|berusten"
            r"|rusten|overgedragen|eigendom van"
            rf"|bij de {_SUPPLIER}|bij de {_CLIENT})"
            r"|(?:scripts?|automatiseringen|configuraties)\b…(?:blijven|zijn)‥intellectuele eigendom"
        ),
        rx(r"onverminderd|derden schenden|inbreuk op"),
        confidence=0.85,
    ),
    Pattern(
        "credentials_ownership",
        hints("wachtwoord|beheerdersaccount|beheerrecht|inloggegevens|beheeraccount|toegangscode"),
        rx(
            r"(?:wachtwoorden|beheerders?accounts?|beheerrechten|inloggegevens|toegangscodes)\b…(?:eigendom"
            r"|behoren|overhandig|kluis"
            rf"|ook de {_CLIENT} toegang|op eerste verzoek)"
            rf"|eigenaar van‥(?:beheerders?accounts?|wachtwoorden|inloggegevens)"
        ),
        rx(r"geheim te houden|verantwoordelijk voor"),
    ),
    Pattern(
        "domain_ownership",
        hints("domeinna"),
        rx(r"domeinna(?:am|men)\b…(?:op naam|eigendom|behoren|eigenaar|blijf)"),
    ),
    Pattern(
        "licence_ownership",
        hints("licentie"),
        rx(
            rf"licenties?\b…(?:op naam van|eigendom van|blijven…bij de {_CLIENT}|overgedragen aan"
            r"|overdraagbaar)"
        ),
        rx(r"niet[- ]overdraagbaar|gebruiksrecht|niet-exclusie"),
    ),
    Pattern(
        "documentation_ownership",
        hints("documentatie|schema|draaiboek"),
        rx(
            r"(?:documentatie|netwerkschema\w*|schema's|draaiboeken)\b…(?:eigendom van|behoren toe"
            r"|komt toe|komen toe|blijven…van de)"
        ),
    ),
    Pattern(
        "exclusivity",
        hints("exclusi|uitsluitend|geen andere"),
        rx(
            r"uitsluitend (?:bij|van|door) de (?:leverancier|dienstverlener|opdrachtnemer"
            r"|verhuurder)…(?:afne|betrek|kop|bestel|laten|\.$)"
            r"|exclusiviteit…(?:verleent|verleend|geldt|kent)|(?:verleent|kent|geniet)…exclusiviteit"
            r"|op exclusieve basis"
            r"|exclusieve (?:leverancier|dienstverlener)|(?:verbindt zich|zal)…geen (?:andere"
            r"|derde)…(?:beroep|leverancier|dienstverlener)"
        ),
        rx(
            r"niet exclusief|niet-exclusie|geen exclusiviteit|rechtban|rechter|bevoegd|recht van"
            r" toepassing|gebruiksrecht"
        ),
    ),
    Pattern(
        "governing_law",
        hints("recht"),
        rx(
            r"\brecht\b…(?:van toepassing|beheerst|toepasselijk)|(?:beheerst|onderworpen|toepassing)…\brecht"
            r"\b|toepasselijk recht ?:"
            r"|^\w+ recht\.?$"
        ),
        rx(r"rechtspersoon|vennootschap naar"),
        read=law,
        confidence=0.95,
    ),
)

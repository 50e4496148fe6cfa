"""How French contracts, of Belgium and of France, agree each term.

A pattern asks for the form of an obligation (who shall, may, owns), not for the mere name of the thing: "la
réversibilité désigne …" agrees nothing. What denies a term ("pas d'obligation de réversibilité") silences it.
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
    r"(?:contrats?|conventions?|accord|abonnement|bail|location|commande|engagement|prestations?|services?)"
)
_CLIENT = (
    r"(?:client|commanditaire|bénéficiaire|donneur d'ordre|preneur|locataire|utilisateur|responsable"
    r" du traitement)"
)
_SUPPLIER = r"(?:prestataire|fournisseur|bailleur|opérateur|vendeur|éditeur|hébergeur|sous-traitant|société)"
_SHALL = (
    r"(?:s'engage|s'oblige|doit|est tenue?|sera tenue?|met en (?:œuvre|oeuvre|place)|mettra en|assure"
    r"|garantit|prend\b"
    r"|maintient|applique|veille)"
)
_END = r"(?:échéance|expiration|terme\b|fin\b|issue|cessation|résiliation|reconduction|période en cours)"
_END_CONTRACT = (
    r"(?:résili|mettre (?:fin|un terme)|met(?:tent)? (?:fin|un terme)|mis (?:fin|un terme)|dénonc"
    r"|résolution|rompre"
    r"|résoudre)"
)
_FAULT = (
    r"(?:manquement|inexécution|non-respect|non respect|faute (?:grave|lourde)|violation|défaillan"
    r"|faillite|perte de la"
    r"|retirer sa|n'a pas rectifié)"
)
_NOT = r"(?:aucune?\b|sans\b|n'est pas|ne sont pas|ne fera|exclu\b|ni\b)"

FRENCH = (
    Pattern(
        "agreement_date",
        hints("fait à|signé|conclu|date de signature|date du contrat|établi à"),
        rx(
            r"(?:\bfait (?:et signé )?à [^;]{2,40}?,? (?:le|en date du) |(?:signée?|conclue?)(?:"
            r" à [^;,]{2,30},?)?"
            r" (?:le|en date du) |date de (?:la )?(?:signature|conclusion)(?: du contrat)? ?:? ?"
            r"|date du contrat ?: ?)"
        ),
        rx(r"modifiée?|loi du|arrêté"),
        read=day_behind,
    ),
    Pattern(
        "effective_date",
        hints("en vigueur|prend|prenant|effet|début|commence|à compter|à partir|à dater"),
        rx(
            r"(?:entre(?:ra|nt)? en (?:vigueur|application)|(?:prend(?:ra)?|prenant) (?:cours|effet)|début(?:e"
            r"|era)|commence(?:ra)?"
            r"|date d'(?:entrée en vigueur|effet) ?:?|date de (?:début|prise d'effet) ?:?)(?: rétroactivement)?"
            r"(?: le| au| à (?:compter|partir|dater) du| à la date du)? ?"
        ),
        rx(r"règlement \(|\bloi\b|directive|décret|arrêté"),
        read=day_behind,
    ),
    Pattern(
        "effective_date",
        hints("signature"),
        rx(
            rf"{_CONTRACT}…(?:entre(?:ra)? en (?:vigueur|effet|application)|prend(?:ra)? (?:cours"
            r"|effet))‥(?:le jour|la date"
            r"|à compter|à dater|à partir)‥signature"
        ),
    ),
    Pattern(
        "initial_term",
        hints("durée|période|pour|engagement"),
        rx(
            r"(?:durée|période|engagement|terme) (?:initiale?|déterminée?|ferme|fixe|minimale?|contractuelle"
            r")[^;]{0,30}?"
            r"(?:de |d'|: ?|est |pour )"
            r"|^(?:la )?(?:durée|engagement|durée du contrat|durée d'engagement)(?: du contrat|"
            r" de l'engagement)? ?: ?"
            r"|\b(?:conclue?|souscrite?|consentie?|établie?|signée?|valable|prend (?:cours|effet)"
            r"|entre en vigueur|a une durée"
            r"|court)\b…(?:pour|de|d'une durée de|durée de) "
        ),
        rx(
            r"issue d|après la|au terme de la|confidential|préavis de|indéterminée|reconduit|renouvel"
            r"|prorog|réversibilité|assurance"
            r"|garantie légale"
            r"|conserv"
        ),
        read=calendar_length_behind,
        confidence=0.85,
        before=True,
    ),
    Pattern(
        "initial_term",
        hints("durée|engagement"),
        rx(r"(?:durée|engagement) ?:? (?=[\w ()]{0,25}(?:mois|ans?|années?)\b)"),
        rx(
            r"confidential|préavis|indéterminée|reconduit|renouvel|prorog|réversibilité|conserv"
            r"|pendant une|maintenance"
            r"|pénalité|interruption|indisponib|garantie|ancienneté|retard|supérieure|inférieure|excéder"
        ),
        under=rx(r"durée|prise d'effet|entrée en vigueur|conditions particulières"),
        read=calendar_length_behind,
        confidence=0.8,
    ),
    Pattern(
        "expiration",
        hints("fin|expire|termine|jusqu|échéance"),
        rx(
            r"(?:(?:prend(?:ra)?|prenant) fin(?: de plein droit)?|se termine(?:ra)?|expire(?:ra)?"
            r"|jusqu'au|échéance ?:"
            r"|date d'(?:échéance|expiration|fin)(?: du contrat)?(?: est)?(?: fixée)?|arrive(?:ra)?"
            r" à (?:échéance|terme))"
            r"(?: au| le| à minuit le)? ?"
        ),
        rx(r"confidential|facture|offre|garantie"),
        read=day_behind,
    ),
    Pattern(
        "expiration",
        hints("indéterminée"),
        rx(rf"{_CONTRACT}…(?:conclue?s?|souscrite?s?|établie?s?|est|sont|pour)\b…durée indéterminée"),
        rx(r"reconduit|à l'expiration|passe|(?:si|lorsque|lorsqu') ?(?:le|il)|indéterminée (?:peut|peuvent)"),
        read=always("perpetual"),
    ),
    Pattern(
        "renewal_term",
        hints("recondui|reconduct|renouvel|prorog|prolong"),
        rx(
            r"(?:(?:tacite(?:ment)?|automatique(?:ment)?|de plein droit)…(?:recondui|reconduction"
            r"|renouvel|prorog|prolong)"
            r"|(?:recondui\w*|renouvel\w*|prorog\w*|prolong\w*)…(?:tacite|automatique|de plein droit"
            r"|périodes?|d'année en"
            r" année))(?:…(?:périodes?|durées?|termes?|pour)‥(?:de |d'|pour )?)?"
        ),
        rx(
            r"\b(?:aucune?|sans|pas de|jamais)\b[^;]{0,30}(?:reconduct|renouvel|prorog|prolong)"
            r"|ne (?:se|sera|fera|peut|pourra|s'applique)[^;]{0,40}(?:recondui|renouvel|prorog|prolong)"
            r"|(?:s'opposer|faire obstacle|empêcher|éviter|non-recond|non-renouvel|exclu)"
            r"|(?:lors d|au plus tard à|à chaque|avant) (?:la |toute )?(?:reconduct|renouvel)|mot"
            r" de passe|certificat"
        ),
        read=renewal_length,
    ),
    Pattern(
        "renewal_notice",
        hints("préavis|avant|dénonc|résili|recondu"),
        rx(
            rf"(?:{_END_CONTRACT}|oppos|préavis|notifi|dénonciation|avis\b)…{_END}|{_END}…(?:{_END_CONTRACT}"
            r"|préavis|avis\b)"
            rf"|préavis ?:…avant"
        ),
        rx(
            r"à tout moment|en tout temps|sans motif|sans justifi|par convenance|manquement|faute"
            r"|mise en demeure|factur"
            r"|suppression|effacement|réclamation|révision|hausse|modification|changement de contrôle"
            r"|assurance|licence"
        ),
        read=notice_before_end,
    ),
    Pattern(
        "termination_for_convenience",
        hints("résili|mettre|dénonc|met fin|rompre"),
        rx(
            r"^(?=[^;]*\b(?:peut|pouvez|peuvent|pourra|pourront|droit|autorisé|faculté|libre|réserve)\b)[^;]"
            r"{0,400}"
            r"?(?:"
            rf"{_END_CONTRACT}…(?:à tout moment|en tout temps|à son gré|sans (?:avoir à )?(?:motif"
            r"|justifi|indiquer)|pour"
            rf" convenance|moyennant[^;]{{0,40}}préavis|sous réserve d'un préavis)"
            r"|(?:à tout moment|en tout temps|sans (?:avoir à )?(?:motif|justifi)|par convenance)…"
            rf"{_END_CONTRACT}"
            rf"|(?:peut|peuvent|pourra|pourront|autorisé|faculté|droit)…{_END_CONTRACT}…(?:moyennant|préavis)"
            r")"
        ),
        rx(
            rf"{_FAULT}|mise en demeure|force majeure|ne (?:peut|peuvent|pourra)[^;]{{0,60}}{_END_CONTRACT}"
            r"|avant (?:l'échéance|le terme|la fin)|échéance|changement de contrôle|hausse|modifi|utilisateur"
            r"|s'opposer|sans préavis|(?:à|pour|vers) la fin de (?:la|chaque|cette|toute) (?:période"
            r"|année|durée)"
        ),
        read=notice_length,
    ),
    Pattern(
        "termination_for_convenience",
        hints("préavis|résili|mettre fin"),
        rx(
            r"préavis…(?:est requis|devra être respecté|doit être respecté|s'applique)|(?:résilier"
            r"|mettre fin au contrat)"
        ),
        rx(rf"{_FAULT}|mise en demeure|ne (?:peut|peuvent|pourra)|sous préavis de facture|échéance"),
        under=rx(r"par convenance|pour convenance|sans motif|libre résiliation"),
        read=notice_length,
        confidence=0.85,
    ),
    Pattern(
        "termination_for_cause",
        hints("résili|mettre fin|résolution|dénonc|mise en demeure"),
        rx(rf"{_FAULT}[^;]{{0,260}}?{_END_CONTRACT}|{_END_CONTRACT}[^;]{{0,160}}?{_FAULT}"),
        rx(
            r"sans préjudice d[ue][^;]{0,30}(?:droit|possibilité)[^;]{0,40}(?:résili|résoud)|décision"
            r" de résilier|pénalités? de"
            r" retard|non-respect du (?:préavis|délai de préavis)|avant (?:toute|la) résiliation|suppression"
        ),
        read=cure_length,
    ),
    Pattern(
        "termination_for_cause",
        hints("mise en demeure"),
        rx(rf"{_FAULT}[^;]{{0,200}}?mise en demeure"),
        rx(r"factur|paiement|intérêt"),
        under=rx(r"résili|fin d[ue] contrat|manquement|faute"),
        read=cure_length,
    ),
    Pattern(
        "early_termination_fee",
        hints("indemnité|redevable|dédit|pénalité|redevances|sommes|mensualités|dû|loyers"),
        rx(
            r"(?:anticipée?|avant (?:l'échéance|le terme|la fin|son terme)|prématurée?|rupture)…(?:indemnité"
            r"|redevable|dédit"
            r"|pénalité|restant|restent dues?|reste dû|solde|paie|verse|facturé)"
            r"|(?:indemnité|dédit|pénalité|frais)\b‥(?:de |pour )?(?:résiliation|rupture|sortie)(?:"
            r" anticipée)?…(?:égale?|fixée"
            r"|s'élève|équivalente?|correspond|due?\b)"
            r"|(?:tenue? de (?:régler|payer)|redevable|exigibles?)…(?:restantes?|restant|à courir"
            r"|à échoir|jusqu'au terme)"
        ),
        rx(
            r"(?:sans|aucune?)\b[^;]{0,25}(?:indemnité|pénalité|frais|dédit)(?! supplémentaire)"
            r"|personnel|salaire"
            r"|retard|recouvrement|défaut de paiement|prestataire (?:sera|est) redevable|déchéance"
        ),
        read=fee_for_leaving,
    ),
    Pattern(
        "price",
        hints("€|eur|euro|usd|chf"),
        rx(
            r"(?:redevance|prix|forfait|abonnement|tarif|loyer|montant|paie|paiera|paye|verse|versera"
            r"|facturée?s?|honoraires"
            r"|s'élève|coût)\b"
        ),
        rx(
            r"anticipée|rupture|responsabilit|assurance|sinistre|indemnité|pénalité|minimum|minimal"
            r"|recouvrement|dommages|capital"
            r"|plafonné|excéder|dépasser|crédit de|avoir de|caution|franchise|amende|à concurrence"
            r"|en l'absence|piéger"
        ),
        read=an_amount,
        confidence=0.85,
    ),
    Pattern(
        "price_indexation",
        hints("index|indic|révi|adapt|prix|tarif"),
        rx(
            r"(?:prix|redevances?|tarifs?|montants?|loyers?|honoraires)…(?:index|révis|adapt|revue?s?\b"
            r"|réajust)…(?:index|indice"
            r"|formule|syntec|agoria|santé|annuel|chaque année|anniversaire|an\b|janvier|discrétion"
            r"|coût salarial)"
            r"|(?:indexation|révision|adaptation|index(?:er|é))\b…(?:prix|redevances?|tarifs?|loyers?"
            r"|dépasser|excéder|limitée"
            r"|plafonnée|maximum)"
            r"|(?:est|sont) (?:révisable|indexable)s? (?:chaque|annuel|au )"
            r"|(?:se réserve le droit|peut|pourra|est autorisé)\b…(?:révis|modifi|adapt|augment"
            r"|index|ajust)\w*‥(?:prix|tarifs?"
            r"|redevances?)"
            r"|(?:prix|tarifs?|redevances?)…(?:augment|hauss|major)\w*‥(?:maximum|plus de|au plus)"
        ),
        rx(
            r"\b(?:aucune|sans|non)\b[^;]{0,15}(?:index|révis|adapt)|ne (?:sont|seront|sera|est"
            r"|s'appliqu|peuvent être)[^;]{0,30}"
            r"(?:index|révis|adapt|modifié)|ne constitue pas|remise\b"
        ),
        read=share_behind,
    ),
    Pattern(
        "price_indexation",
        hints("adaptation|indexation|révision|augmentation|hausse"),
        rx(
            r"(?:adaptation|indexation|révision|augmentation|hausse)\b…(?:ne (?:peut|pourra"
            r"|saurait)‥(?:dépasser|excéder)"
            r"|est (?:limitée|plafonnée)|au (?:maximum|plus))"
        ),
        rx(r"pénalité|responsabilité|volume"),
        read=a_share,
    ),
    Pattern(
        "minimum_commitment",
        hints("minim|au moins"),
        rx(
            r"(?:s'engage|s'oblige)‥(?:à )?(?:commander|acheter|consommer|souscrire|prendre|acquérir"
            r"|facturer)…(?:minim|au moins)"
            r"|(?:montant|volume|chiffre d'affaires|consommation|facturation|commande|achat|quantité)"
            r" (?:annuel |mensuel"
            r" )?minim(?:um|al)"
            r"|minimum (?:garanti|de facturation|facturable|annuel|mensuel)"
        ),
        rx(r"assurance|sinistre|garantie|aucun|préavis|peuvent inclure|le cas échéant une"),
        read=amount_or_none,
    ),
    Pattern(
        "unlimited_with_cap",
        hints("illimité"),
        rx(
            r"illimitée?s?\b…(?:raisonnable|fair use|usage normal|sous réserve|dans la limite|à"
            r" concurrence|plafond|maxim"
            r"|au-delà|sauf abus)|(?:raisonnable|fair use|sous réserve|dans la limite)…illimité"
        ),
        rx(r"responsabilit|dommage"),
    ),
    Pattern(
        "scope",
        hints("objet|périmètre|vise à|comprend|inclut|englobe|couvre|prestations suivantes|établit"),
        rx(
            rf"\b{_CONTRACT}\b‥(?:a|ont) pour objet|{_CONTRACT}…(?:vise à|établit|définit) (?:établir"
            r" |définir )?les (?:termes et"
            rf" )?conditions…(?:fournir|délivrer|services?|exécut)"
            r"|(?:services?|périmètre|forfait|prestations|abonnement|sla|contrat)\b‥(?:comprend"
            r"|comprennent|inclut|incluent"
            r"|englobe|englobent|couvre|couvrent)\b|(?:mise à disposition|fourniture) des (?:prestations"
            r"|services) suivante?s"
        ),
        rx(
            r"ne (?:comprend|comprennent|couvre|couvrent)|n'(?:inclut|incluent|englobe)|désigne"
            r"|projets?|frais liés|déplacement"
            r"|son objet est|assurance|coût"
        ),
        confidence=0.8,
    ),
    Pattern(
        "scope",
        hints("fournit|donne accès|assure|gère|loue|héberge|maintient|livre"),
        rx(rf"\b{_SUPPLIER}\b‥(?:fournit|donne accès|assure|gère|loue|héberge|maintient|livre)\b"),
        rx(r"ne (?:fournit|comprend)|n'assure|sur demande|désigne"),
        under=rx(r"\bobjet\b|^services?$|étendue"),
        confidence=0.75,
    ),
    Pattern(
        "exclusions",
        hints("compris|inclus|partie d|écarté|exclu|couvert|hors|ne comprend|s'arrête|n'inclu|considéré"),
        rx(
            r"(?:ne (?:sont|seront)|n'est|ne sera)(?: donc)? pas (?:compris|inclus|couvert|considéré)"
            r"|ne (?:fait|font) pas partie (?:du|de la|des|de l')‥(?:périmètre|forfait|service|contrat"
            r"|prestation|abonnement)"
            r"|(?:sont|est) (?:expressément )?(?:écarté|exclu)e?s? (?:du|de la|des|de l')‥(?:périmètre"
            r"|forfait|service|contrat"
            r"|prestation|champ|abonnement)"
            r"|(?:sont hors (?:forfait|périmètre)|(?:sont|est|restent?) non (?:comprise?s?|incluse?s?"
            r"|couverte?s?))\b"
            r"…(?:forfait|contrat|service|facturé|régie|sont|\.$)"
            r"|(?:ceci|elle|il|cela) exclu[te]?s?e? (?:en particulier|notamment)"
            r"|(?:services?|forfait|prestations?|investigation|assistance|maintenance)\b…(?:ne comprend(?:ra"
            r"|nent|ront)?"
            r"|n'inclu\w+|ne couvre\w*) pas"
            r"|ne sont pas considérées?"
        ),
        rx(
            r"responsabilité (?:du|de)|dommage|réversibilité|indisponibilité du service mais|interprété"
            r"|modification du prix"
            r"|informations? confidentielle|ne seront pas considérées comme une indisponibilité"
            r"|incident de sécurité \("
            r"|considérée?s? comme (?:un incident|une modification|confidentiel)"
        ),
        confidence=0.8,
    ),
    Pattern(
        "bundled_projects",
        hints("projet"),
        rx(
            r"(?:forfait|redevance|abonnement|prix|montant mensuel)‥(?:comprend|inclut|couvre)…projets?"
            r"|projets?\b…(?:sont|est) (?:compris|inclus)e?s? dans"
        ),
        rx(r"ne (?:comprend|couvre)|n'inclut|pas (?:compris|inclus)|non (?:compris|inclus)"),
    ),
    Pattern(
        "availability",
        hints("disponib"),
        rx(r"disponibilité|disponibles?\b"),
        rx(
            r"ne garantit pas|aucune garantie|ne peut (?:être )?garanti|n'est pas (?:atteint|respecté)"
            r"|exemple|taux de pénalité|en deçà|non-respect|sous réserve"
            r" de disponibilité|entre"
            r" \d|constatée? (?:du|est)|désigne"
        ),
        read=high_shares,
    ),
    Pattern(
        "service_credits",
        hints("avoir|crédit|pénalité|remise|rembours"),
        rx(
            r"(?:crédits? de service|avoirs? (?:de|égal|d'un)|pénalités?|remise (?:de|égale))…(?:redevance"
            r"|facture|mois|montant"
            r"|calculée?s?|appliquée?s?|droit|excéder|entamée?)"
            r"|crédits? de service‥(?:sont|est|seront|sera) (?:accordé|octroyé|attribué|dû)"
            r"|(?:droit|éligible|réclamer|bénéficie|accorde)…(?:crédits? de service|un avoir|avoir"
            r" de|pénalités?|dédommagement)"
        ),
        rx(
            r"retard de paiement|pénalités? de retard|résili|mettre fin|sans pénalité|sans encourir"
            r"|recouvrement"
            r"|relève|demande motivée"
            r"|constitue|libératoire|restent dues|pour obtenir|définissent|aucune pénalité|par e-mail dans"
            r"|= écart|servent de|forfaitaire pour tout"
        ),
        read=credit,
    ),
    Pattern(
        "service_credits",
        hints("crédit|pénalité"),
        rx(r"(?:crédits? de service|pénalités?)\b…(?:appliquées?|accordée?s?|calculée?s?|crédit du montant)"),
        rx(
            r"retard|résili|sans pénalité|aucune|constitue|libératoire|demande (?:motivée|sera)|sera demandée"
        ),
        under=rx(r"pénalité|crédit|avoir|niveaux? de service"),
        read=credit,
        confidence=0.8,
    ),
    Pattern(
        "sole_remedy",
        hints("seul|unique|exclusi|libératoire|forfaitaire|toute autre"),
        rx(
            r"(?:seule?|unique|exclusive?)\b‥(?:recours|réparation|remède|compensation|sanction"
            r"|dédommagement|indemnisation)"
            r"|à l'exclusion de toute? autre‥(?:réparation|indemn|recours|compensation|sanction|dédommagement)"
            r"|(?:pénalité|avoir|crédit)\w*…(?:libératoire|forfaitaire)"
            r"|renonce à toute? autre (?:forme de )?(?:demande|réclamation|recours|indemn)"
        ),
        rx(r"salaire|personnel|recouvrement|non exclusi"),
    ),
    Pattern(
        "liability_cap",
        hints("responsabilité|dommages|réparation|indemni|indemnité"),
        rx(
            r"(?:responsabilité|dommages?(?: et |-)intérêts|réparation|indemnisation|indemnités?)\b[^;]"
            r"{0,160}?(?:limitée?|plafonnée?"
            r"|(?:ne|n')[^;]{0,30}(?:excéd|dépass)|jusqu'à concurrence|à concurrence|au maximum)"
        ),
        rx(
            r"société à responsabilité limitée|montant total des pénalités|toutes les pénalités"
            r"|à concurrence de cinq"
            r"|assuré|assurance|responsabilités du prestataire sont limitées ainsi|responsabilité"
            r" partagée|accident"
            r"|responsabilité limitée,|illimitée"
        ),
        read=cap,
    ),
    Pattern(
        "liability_uncapped",
        hints("limit|plafon|illimité|exclusion"),
        rx(
            r"(?:limitations?|plafonds?|exclusions?)\b‥(?:ne (?:s'applique|vaut|valent|joue)\w*"
            r"|n'est|ne sont) pas"
            r"|responsabilit[^;]{0,200}(?:sauf|hormis|excepté|à l'exception|exception faite)…(?:faute"
            r" lourde|dol\b|intentionnelle"
            r"|corporel|décès|fraude)"
            r"|responsab\w+…(?:illimitée?|sans limit\w+)"
            r"|ne limite‥(?:la )?responsabilité…(?:dol\b|faute lourde|intentionnelle|corporel|fraude)"
        ),
        rx(r"disponibilité|garantie ne s'applique"),
    ),
    Pattern(
        "data_ownership",
        hints("propri|apparti"),
        rx(
            rf"(?:données|contenus?|écritures|fichiers)\b…(?:propriété|appartien|propriétaire)[^;]{{0,40}}(?:"
            rf"{_CLIENT}|celui-ci)"
            rf"|{_CLIENT}\b…(?:demeure|reste|restent|est|conserve)\b‥(?:propriétaires?|propriété)…(?:données"
            r"|contenus?|fichiers)"
            rf"|(?:données|contenus?|fichiers)\b…{_CLIENT}…(?:restent|demeurent|sont)‥(?:sa|leur) propriété"
            r"|prévaloir de la propriété des données|celles-ci relèvent de la propriété"
        ),
        rx(r"matériel appartenant|composants"),
    ),
    Pattern(
        "data_return",
        hints("restitu|remet|remis|export|récupér|effac|supprim|suppress|détrui|destruction"),
        rx(
            r"(?:fin\b|terme\b|issue|cessation|expiration)[^;]{0,160}?(?:données|contenus|fichiers)\b[^;]"
            r"{0,160}?(?:restitué"
            r"|effacé|supprimé|détruit|exporté|remis)|"
            r"(?:fin\b|terme\b|issue|cessation|résiliation|expiration|échéance)[^;]{0,220}?(?:restitu"
            r"|remet|export|récupér|efface"
            r"|supprim|suppress|détrui|destruction)[^;]{0,160}?(?:données|écritures|contenus|fichiers)"
            r"|(?:restitu|remet|export|efface|supprim|suppress|détrui|destruction)[^;]{0,160}?(?:données"
            r"|écritures|contenus|fichiers)"
            r"[^;]{0,160}?(?:fin d|terme|issue|cessation|résiliation|expiration)"
        ),
        rx(
            r"avant toute résiliation|n'entraîneront pas|informations? confidentielles?\b|désigne"
            r"|sauvegarde (?:quotidienne|journalière)"
            r"|périodes? d'essai|assurance|factur"
        ),
        read=length_or_none,
    ),
    Pattern(
        "data_return",
        hints("effac|supprim|suppress|restitu|récupér|détrui|destruction"),
        rx(
            r"(?:efface|supprim|suppress|restitu|récupér|destruction)\w*\b[^;]{0,120}?données"
            r"|données[^;]{0,120}?(?:efface|supprim|suppress|restitu|récupér|détrui)"
        ),
        rx(r"désigne|doit s'assurer|informations? confidentielles|avant toute|modification"),
        under=rx(
            r"effacement|restitution|récupération|réversibilité|sort des données|fin d[ue] contrat|résiliation"
        ),
        read=length_or_none,
        confidence=0.8,
    ),
    Pattern(
        "data_return",
        hints("effacement sécurisé|suppression"),
        rx(r"(?:assurer|procéder à) (?:un|l')‥(?:effacement|suppression|destruction)…données"),
        confidence=0.75,
    ),
    Pattern(
        "exit_assistance",
        hints("réversib|assist|reprise|transfert|transition|successeur|nouveau prestataire"),
        rx(
            r"(?:assistera|assiste\b|s'engage|fournit|fournira|apporte|apportera|prête|prêtera|assure"
            r"|assurera|collabor|aide\b|aidera)"
            r"…(?:réversibilité|reprise (?:des|du)|transfert (?:des|du|vers)|successeur|nouveau"
            r" prestataire|migration vers"
            r"|transition)"
            r"|(?:réversibilité|reprise|transfert|transition)…(?:assistera|s'engage à|fournira|apportera"
            r"|prêtera|assistance)"
        ),
        rx(
            r"ne compren|pas d'obligation|aucune (?:autre )?assistance|aucune obligation|pourront"
            r" convenir|désigne|peut proposer"
            r"|reprise d'activité|reprise des données|union européenne|sous réserve d'un contrat"
            r"|technolog|force majeure"
        ),
        read=length_of_help,
    ),
    Pattern(
        "sub_processors",
        hints("sous-trait"),
        rx(
            r"sous-traitant[^;]{0,140}?(?:autorisation|accord (?:préalable|écrit)|(?:après|sans)"
            r" information|liste|informe"
            r"|ne réduira|reste (?:seul |entièrement )?(?:responsable|tenu)|qu'après|préalable)"
            r"|(?:informe|informer|liste|autorisation|communique|accord)\b[^;]{0,140}?sous-traitants?"
            r"|(?:n'emploie|ne recrute|ne fait pas appel|recours|fait appel)[^;]{0,160}?(?:sous-traitant"
            r"|sous-traitance"
            r")[^;]{0,400}?(?:préalabl"
            r"|autoris|inform|accord|s'engage|responsab)"
        ),
        rx(
            r"travail dissimulé|stipulations légales|hygiène|désigne|dans le cas où l'incident|code"
            r" du travail|accord"
            r" d'audit|confidentialité soient"
            r"|(?:son|leur|du|membres du) personnel\b|alternative technologique$"
        ),
    ),
    Pattern(
        "audit_rights",
        hints("audit|contrôl|test"),
        rx(
            rf"{_CLIENT}\b…(?:peut|pourra|a le droit|est autorisé|dispose)…(?:audit|tests? d'intrusion"
            r"|contrôler (?:le|la|les))"
            rf"|(?:permettre|permet) (?:au|à la|aux) {_CLIENT}…(?:audit|consult)"
            rf"|(?:audits?)\b…(?:peut|pourra|peuvent) être‥(?:effectué|réalisé|mené|diligenté)"
            r"|(?:mettre|fournir|met|fournit) à? ?(?:disposition )?‥(?:informations?|documents?"
            r"|éléments)…audits?\b"
            rf"|(?:informations|documents) nécessaires…audits?\b"
        ),
        rx(r"rapport d'audit|confère son autorisation|anssi|désigne|factur|comptable"),
    ),
    Pattern(
        "security_duties",
        hints("mesures|sécuri|chiffre|authentification|protection"),
        rx(
            rf"{_SHALL}…mesures‥(?:techniques|organisationnelles|de sécurité|de protection)"
            rf"|(?:s'engage|oblige|assure|garantit|garantir)…(?:sécurité de manière continue|sécuritaire)"
            rf"|{_SHALL}…(?:authentification (?:multi|à deux|forte)|chiffrement|pare-feu|antivirus)"
            rf"|^(?:- )?(?:la )?mise en (?:œuvre|oeuvre|place) de (?:moyens|mesures)…(?:protection|sécurité)"
            r"|^(?:- )?une garantie de sécurité"
            rf"|{_SUPPLIER}\b…(?:applique‥correctifs|chiffre\b|installe‥mises à jour de sécurité)"
        ),
        rx(
            rf"\b{_CLIENT} (?:doit|met|prend|s'engage|est tenu|veille|garde)|revient au|incombe|mesures"
            r" de sécurité automatiques"
            r"|recommand|est informé que|collaborera|(?:son|leur|du) personnel\b|hygiène|désigner un dpo"
        ),
        confidence=0.85,
    ),
    Pattern(
        "incident_notice",
        hints("violation|incident|faille|fuite|atteinte"),
        rx(
            r"(?:notifi|inform|aviser|avise|averti|signal|rendre compte|rend compte"
            r"|communiqu)\w*…(?:violations?(?: de)?(?: la)?"
            r"(?: sécurité)?|incidents? de sécurité|incidents? et|failles?|fuites?|incident affectant)"
            r"|(?:violations?|incidents? de sécurité|failles?|fuites? de données)…(?:est|sont|sera"
            r"|seront)? ?(?:notifiée?s?"
            r"|signalée?s?|communiquée?s?)"
        ),
        rx(
            rf"\b{_CLIENT} (?:s'engage à )?(?:notifi|inform|signal|avis|averti)|authentification"
            r"|niveaux de gravité|droit de résilier"
            r"|instruction|désigne|alertant"
        ),
        read=length_or_none,
    ),
    Pattern(
        "anti_assignment",
        hints("céder|cession|cédé|transfér|incessible"),
        rx(
            r"(?:ne (?:peut|peuvent|pourra|pourront)|aucune des|s'interdi\w+ de|ni\b)…\b(?:céder|cédé"
            r"|transférer|transféré|cession)"
            rf"[^;]{{0,160}}?(?:sans|sauf|accord|autorisation|consentement|tiers)"
            rf"|(?:cession|transfert) du {_CONTRACT}…(?:interdit|soumis|subordonné|nécessite|sans)"
            rf"|{_CONTRACT}‥(?:est|sont) incessibles?"
        ),
        rx(r"données|licence d'utilisation|droits d'auteur"),
    ),
    Pattern(
        "change_of_control",
        hints("contrôle"),
        rx(
            r"changement (?:de|du) contrôle[^;]{0,220}?(?:résili|informe|avise|avis|notifi|accord|concurrent"
            r"|mettre fin|consentement)"
            r"|(?:résili|céder|cession|informe|avise|notifi)[^;]{0,220}?changement (?:de|du) contrôle"
        ),
        rx(r"^la notion de contrôle|désigne"),
    ),
    Pattern(
        "insurance",
        hints("assur"),
        rx(
            r"(?:souscri\w+|maintenir|maintient|dispose\w*|contract\w+|titulaire|couverte?)\b‥(?:une?"
            r" |son |sa |d'une "
            r"|les )?(?:police d')?assurances?\b"
            r"|assurances?\b…(?:souscri|couvrant|maintenir|en cours de validité|auprès d)"
            r"|est assurée? (?:en|pour)‥responsabilité"
        ),
        rx(r"plan d'assurance|assurance (?:sécurité|qualité)|sans assurance"),
        read=amount_or_none,
    ),
    Pattern(
        "ip_ownership",
        hints("propriété|droits d'auteur|cédés|propriétaire"),
        rx(
            r"(?:propriété intellectuelle|droits d'auteur|développements?|codes? sources?|logiciels?)\b…"
            r"(?:cédée?s?|sont transférés|appartien|demeurent|restent|demeure|reste)"
            r"|(?:scripts?|automatisations?|configurations?)\b…(?:demeurent|restent|sont)‥propriété"
            r" intellectuelle"
            r"|(?:logiciels?|éléments|développements?|livrables|infrastructures|plateforme|algorithmes)\b…(?"
            r":demeurent?"
            r"|restent?|sont|deviennent)‥la"
            r" propriété"
        ),
        rx(
            r"données du client|n'emporte|ne constitue|mots? de passe|documentation de l'infrastructure"
            r" est|violant|licences souscrites"
        ),
        confidence=0.85,
    ),
    Pattern(
        "credentials_ownership",
        hints("mots de passe|comptes|identifiants|accès admin|codes d'accès"),
        rx(
            r"(?:mots de passe|comptes? (?:d')?administrat\w+|identifiants|accès administrat\w+"
            r"|codes d'accès)…(?:appartien|propriété"
            r"|remis|restitué|coffre|à la disposition d)"
        ),
        rx(r"confidentialité des|est (?:seul )?responsable|garde\b|désigne|perte"),
    ),
    Pattern(
        "domain_ownership",
        hints("domaine"),
        rx(r"noms? de domaines?\b…(?:au nom du|à son nom|appartien|propriét)"),
    ),
    Pattern(
        "licence_ownership",
        hints("licence"),
        rx(
            r"licences?\b…(?:à son nom|au nom du|lui restent|acquises? (?:au|à)|appartien|propriété"
            r" d[ue]|transférées? au|cédées? au)"
        ),
        rx(r"concède|droit d'usage"),
    ),
    Pattern(
        "documentation_ownership",
        hints("documentation|schémas|dossier technique|inventaire"),
        rx(
            r"(?:documentation|schémas|dossier technique|inventaire)\b…(?:propriété d[ue]|appartien"
            r"|propriété exclusive d[ue])"
        ),
        rx(r"tous les éléments|logiciels?\b|plateforme|algorithmes"),
    ),
    Pattern(
        "exclusivity",
        hints("exclusi|s'interdit"),
        rx(
            r"à titre exclusif|(?:confère|accorde|consent)…exclusivité|s'interdit‥(?:de )?(?:recourir"
            r"|faire appel|s'adresser"
            r"|s'approvisionner)…(?:autre|tiers|concurrent)|exclusivement (?:auprès|chez|au prestataire"
            r"|au fournisseur)"
            r"|fournisseur exclusif|prestataire exclusif"
        ),
        rx(
            r"aucune exclusivité|non exclusi|sans exclusivité|tribuna|compéten|droit d'utilisation"
            r"|propriété exclusive"
            r"|pas d'exclusivité|en france"
        ),
    ),
    Pattern(
        "governing_law",
        hints("droit|loi"),
        rx(
            rf"(?:{_CONTRACT}|conditions)…(?:régie?s?|soumise?s?|gouvernée?s?|assujettie?s?)…(?:droit|loi)"
            r"|(?:droit|loi) applicable…(?:droit|loi)|^droit \w+\.?$|droit \w+ (?:est )?(?:seul"
            r" |exclusivement )?applicable"
            rf"|(?:régie?s?|soumise?s?) (?:par|au|à) (?:le |la )?(?:droit|loi)"
        ),
        rx(r"société[^;]{0,60}(?:régie|réglementée)|produits?|distribue"),
        read=law,
        confidence=0.95,
    ),
)

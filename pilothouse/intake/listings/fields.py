"""The fields of a list exported from another program: one table of what a column may mean, by kind of list.

A listing holds, for each entry, these fields by name; what has no field here stands under its own heading. Values:
days are ISO 8601 ("never" where the program says so), yes/no is "yes" or "no", numbers are plain decimals, several
values of one field are parted by "; ". An empty value is left out.

Of each field: what it means in plain words (the screens show it), and the headings it has in the exports we know
(Microsoft 365 admin centre, Entra ID, Microsoft Graph, Intune, Google Workspace, and common words in English, Dutch and
French). Facts from the documentation of these programs; those nobody could verify are named in
docs/methods/intake-exports.md.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

Kind = Literal["users", "licences", "devices", "mfa", "contracts"]
Form = Literal["text", "day", "yes", "number", "list"]


@dataclass(frozen=True, slots=True)
class Field:
    """`plain` says what it means, `form` how its values are written. `headings` are parted by ""
    " | "; of `weak` ones
    a list is not recognised, as other tables have them too."""

    plain: str
    headings: str
    form: Form = "text"
    weak: str = ""


_PRINCIPAL = "User principal name | UPN | Gebruikersprincipalnaam | Nom d'utilisateur principal"
_MAIL = (
    "Mail | Email | E-mail | Email address | E-mail address | Email Address [Required]"
    " | Primary email | Primary Email"
    " | E-mailadres | Adresse e-mail | Adresse mail | Courriel | Adresse email | Work email"
    " | User email | Email id"
    " | Primary SMTP address"
)

USERS: Mapping[str, Field] = {
    "account": Field(
        "the name somebody signs in with",
        f"{_PRINCIPAL} | User name | Username | Login | Login name | User id | Userid | Sign-in name"
        " | Gebruikersnaam | Identifiant"
        " | Nom d'utilisateur | Login ID | Account name | Sam account name",
        weak="Account | User | Gebruiker | Utilisateur",
    ),
    "name": Field(
        "the person's name",
        "Display name | Full name | Fullname | User display name | Weergavenaam | Nom complet | Nom d'affichage"
        " | Volledige naam"
        " | Name full name | Real name",
        weak="Name | Naam | Nom",
    ),
    "first_name": Field(
        "the first name",
        "First name | First Name [Required] | Given name | Voornaam | Prénom | Name given name",
    ),
    "last_name": Field(
        "the family name",
        "Last name | Last Name [Required] | Surname | Family name | Achternaam | Nom de famille | Familienaam"
        " | Name family name",
    ),
    "mail": Field("the e-mail address", _MAIL),
    "enabled": Field(
        "whether the account may sign in",
        "Account enabled | Enabled | Is active | Active | Actief | Actif | Status [READ ONLY]"
        " | User status | Account status"
        " | Compte activé | Ingeschakeld",
        "yes",
        weak="Status | Statut | État",
    ),
    "blocked": Field(
        "whether signing in is blocked (the reverse of enabled)",
        "Block credential | Sign-in blocked | Sign in blocked | Blocked | Suspended | Disabled | Is suspended"
        " | Geblokkeerd | Bloqué | Deactivated | Archived | Account disabled",
        "yes",
    ),
    "deleted": Field("whether the account was deleted", "Is deleted | Deleted", "yes"),
    "deleted_on": Field(
        "when it was deleted", "Deleted date | Soft deletion time stamp | Deletion date", "day"
    ),
    "is_admin": Field(
        "whether the person manages the system",
        "Is admin | Admin | Administrator | Super admin | Is super admin | Is delegated admin | Admin status"
        " | Beheerder | Administrateur",
        "yes",
    ),
    "role": Field(
        "the role in the system",
        "Roles | Admin roles | Role name | User role | Workspace role | Directory roles",
        "list",
        weak="Role | Rol | Rôle",
    ),
    "user_type": Field(
        "member, guest, service", "User type | Account type | Type de compte | Employee type | Creation type"
    ),
    "created": Field(
        "when the account was made",
        "When created | Created | Created date time | Created date | Creation time | Date created"
        " | Account created"
        " | Added to org | Aangemaakt op | Date de création | Created at | Created on",
        "day",
    ),
    "last_active": Field(
        "when it was last used (the latest of several columns)",
        "Last activity date | Exchange Last Activity Date | OneDrive Last Activity Date"
        " | SharePoint Last Activity Date"
        " | Skype For Business Last Activity Date | Yammer Last Activity Date | Teams Last Activity Date"
        " | Viva Engage Last Activity Date | Last sign in | Last Sign In [READ ONLY] | Last sign-in"
        " | Last login"
        " | Last login time | Last active | Last activity | Last seen | Laatste aanmelding | Laatst actief"
        " | Dernière connexion | Dernière activité | Last sign in date time"
        " | Sign in activity last sign in date time"
        " | Sign in activity last successful sign in date time | Last interactive sign in date time"
        " | Last logon"
        " | Last logon date | Last login date | Last active date | Last access",
        "day",
    ),
    "last_password_change": Field(
        "when the password was last changed",
        "Last password change time stamp | Last password change date time | Last password change"
        " | Password last set | Password last changed",
        "day",
    ),
    "licences": Field(
        "the products the person has a seat of",
        "Assigned products | Licenses | Licences | Assigned licenses | Assigned plans | Licenties | License"
        " | Google Workspace licenses | Licenses [READ ONLY] | Toegewezen producten | Produits affectés",
        "list",
    ),
    "department": Field(
        "the department", "Department | Afdeling | Département | Service | Organizations department"
    ),
    "job_title": Field(
        "the job", "Job title | Title | Employee title | Functie | Fonction | Titre | Organizations title"
    ),
    "manager": Field("who the person reports to", "Manager | Manager email | Leidinggevende | Responsable"),
    "unit": Field(
        "the organisational unit", "Org unit path | Org Unit Path [Required] | Organizational unit | OU"
    ),
    "office": Field("the office or site", "Office | Office location | Physical delivery office name"),
    "mfa": Field(
        "whether a second factor is set up",
        "2sv enrolled | 2sv Enrolled [READ ONLY] | 2-step verification enrollment | Is enrolled in 2 sv"
        " | Is enrolled in2 sv | MFA | MFA enabled | MFA status | Two-factor | Has 2fa | 2FA | 2FA enabled"
        " | Two-factor authentication | Strong authentication requirements | Multi-factor authentication"
        " | Two factor enabled",
        "yes",
    ),
    "mfa_enforced": Field(
        "whether a second factor is demanded",
        "2sv enforced | 2sv Enforced [READ ONLY] | Is enforced in 2 sv | Is enforced in2 sv | MFA enforced",
        "yes",
    ),
    "storage_used": Field(
        "the room used", "Storage used | Total storage | Total Storage [READ ONLY] | Storage Used [READ ONLY]"
    ),
    "id": Field("the number the program gives the account", "Object id | Azure AD object id", weak="ID"),
}

MFA: Mapping[str, Field] = {
    "account": Field("the name somebody signs in with", f"{_PRINCIPAL} | User name | Username | {_MAIL}"),
    "name": Field("the person's name", "User display name | Display name", weak="Name | Naam | Nom"),
    "user_type": Field("member or guest", "User type"),
    "is_admin": Field("whether the person manages the system", "Is admin | Admin", "yes"),
    "mfa_registered": Field(
        "whether a second factor is set up",
        "Is mfa registered | MFA registered | Multifactor authentication registered"
        " | Multi-factor authentication registered | Is registered for MFA",
        "yes",
    ),
    "mfa_capable": Field(
        "whether signing in with a second factor works",
        "Is mfa capable | MFA capable | Multifactor authentication capable | Capable of MFA"
        " | Multi-factor authentication capable",
        "yes",
    ),
    "passwordless": Field(
        "whether the person can sign in without a password",
        "Is passwordless capable | Passwordless capable",
        "yes",
    ),
    "sspr_registered": Field(
        "whether the person may reset the password alone",
        "Is sspr registered | SSPR registered | Self-service password reset registered",
        "yes",
    ),
    "sspr_enabled": Field("whether that is allowed", "Is sspr enabled | SSPR enabled", "yes"),
    "sspr_capable": Field("whether that works", "Is sspr capable | SSPR capable", "yes"),
    "methods": Field(
        "the second factors set up", "Methods registered | Authentication methods | MFA methods", "list"
    ),
    "default_method": Field(
        "the second factor used first",
        "Default MFA method | User preferred method for secondary authentication"
        " | Default multifactor authentication"
        " method | Preferred method",
        "list",
    ),
    "updated": Field("when this was last looked at", "Last updated date time | Last updated", "day"),
    "id": Field("the number the program gives the account", "Object id", weak="ID"),
}

LICENCES: Mapping[str, Field] = {
    "product": Field(
        "the product",
        "Product title | Product name | Product | Software | License name | Licence name"
        " | Subscription | Subscription name"
        " | Offer name | Licentie | Licence | License | Produit | Logiciel | Software name"
        " | Application | Abonnement"
        " | Licenses",
        weak="Name | Naam | Nom | Title",
    ),
    "sku": Field(
        "the product's short code", "Sku part number | SKU | Part number | Account SKU id | Artikelnummer"
    ),
    "sku_id": Field("the product's number", "Sku id | GUID | Product id | Offer id"),
    "vendor": Field(
        "who sells it", "Vendor | Publisher | Manufacturer | Leverancier | Fournisseur | Éditeur"
    ),
    "total": Field(
        "how many seats are bought",
        "Total licenses | Total licences | Prepaid units enabled | Seats | Quantity"
        " | Number of licenses | Purchased"
        " | Licenses purchased | Total seats | Active units | Total units | Aantal | Aantal licenties"
        " | Quantité"
        " | Nombre de licences | Purchased quantity | Licenses total | Bought | Total quantity",
        "number",
        weak="Total | Enabled",
    ),
    "used": Field(
        "how many are assigned",
        "Assigned licenses | Assigned licences | Consumed units | Used | Assigned | Licenses assigned | In use"
        " | Used seats | Toegewezen | Gebruikt | Attribuées | Utilisées | Assigned seats"
        " | Licenses used | Installed"
        " | Used licenses",
        "number",
    ),
    "available": Field(
        "how many are free",
        "Available | Available licenses | Beschikbaar | Disponible | Disponibles | Unassigned | Free",
        "number",
    ),
    "suspended": Field(
        "how many stopped", "Prepaid units suspended | Suspended licenses | Suspended units", "number"
    ),
    "expired": Field(
        "how many have run out", "Expired licenses | Expired licences | Prepaid units locked out", "number"
    ),
    "warning": Field(
        "how many run out soon", "Prepaid units warning | Warning units | Licenses in warning", "number"
    ),
    "status": Field("whether it runs", "Capability status | Subscription status", weak="Status | Statut"),
    "status_message": Field("what the program says of it", "Status message | Status Messages"),
    "price": Field(
        "the price of a seat",
        "Price | Unit price | Price per license | Price per seat | Price per user | Prijs | Prix"
        " | Cost per license"
        " | Prix unitaire | Eenheidsprijs | List price",
        "number",
    ),
    "cost": Field(
        "the price of all", "Total cost | Total price | Annual cost | Yearly cost | Monthly cost", "number"
    ),
    "currency": Field("the currency", "Currency | Munt | Devise"),
    "term": Field(
        "how long it is bought for", "Term | Billing term | Commitment term | Subscription term | Looptijd"
    ),
    "billing": Field(
        "how often it is paid", "Billing frequency | Billing cycle | Billing period | Billing plan"
    ),
    "started_on": Field(
        "when it began", "Start date | Purchase date | Purchased on | Startdatum | Date de début", "day"
    ),
    "renews_on": Field(
        "when it runs out or begins again",
        "Renewal date | Renews on | Expiry date | Expiration date | End date | Next renewal"
        " | Next lifecycle date time"
        " | Expires on | Verlengingsdatum | Vervaldatum | Einddatum | Date de renouvellement"
        " | Date d'expiration"
        " | Date de fin | Expires",
        "day",
    ),
    "auto_renew": Field(
        "whether it renews by itself", "Auto renew | Auto-renewal | Auto renewal | Auto renew status", "yes"
    ),
    "id": Field("the number of the subscription", "Subscription id | Subscription ids | Order id", weak="ID"),
}

DEVICES: Mapping[str, Field] = {
    "name": Field(
        "the device's name",
        "Device name | Computer name | Hostname | Host name | Machine name | Asset name | Toestelnaam"
        " | Apparaatnaam"
        " | Computernaam | Nom de l'appareil | Nom de l'ordinateur | Nom du poste"
        " | Managed device name | PC name"
        " | Computer | DNS name",
        weak="Name | Naam | Nom | Device | Asset | Toestel | Appareil",
    ),
    "serial": Field(
        "the serial number",
        "Serial number | Serial | Serienummer | Numéro de série | N° de série | Service tag | Serial no | S/N",
    ),
    "asset_tag": Field(
        "the firm's own number", "Asset tag | Asset number | Inventory number | Inventarisnummer | Tag"
    ),
    "maker": Field("who made it", "Manufacturer | Make | Brand | Merk | Fabrikant | Fabricant | Marque"),
    "model": Field("the model", "Model | Device model | Product model | Modèle | Hardware model"),
    "type": Field(
        "laptop, server, printer, …",
        "Device type | Asset type | Form factor | Chassis type | Type toestel | Type d'appareil | Category",
        weak="Type | Soort",
    ),
    "os": Field(
        "the operating system",
        "OS | Operating system | OS name | Besturingssysteem | Système d'exploitation | Platform | OS platform",
    ),
    "os_version": Field(
        "its version",
        "OS version | Operating system version | OS build | Version OS | OS-versie | Version du système"
        " | Version du système d'exploitation | Device OS",
    ),
    "user": Field(
        "who uses it",
        "Primary user UPN | Primary user email address | Primary user | Primary user display name | UPN"
        " | User principal name | Assigned to | Assigned user | User email | Toegewezen aan"
        " | Attribué à | Email address"
        " | Last logged on user | Owner | Gebruiker | Utilisateur | User display name | Registered owner",
        weak="User | User name | Email",
    ),
    "last_seen": Field(
        "when it was last seen",
        "Last check-in | Last contact | Last sync | Last sync date time | Last seen | Last activity"
        " | Last online"
        " | Laatst gezien | Dernière connexion | Last reported | Approximate last sign in date time"
        " | Last communication"
        " | Last sync date",
        "day",
    ),
    "enrolled_on": Field(
        "when it was put under management",
        "Enrollment date | Enrolled date time | Enrolled date | Created date | Registration date time"
        " | Registered"
        " | First sync",
        "day",
    ),
    "bought_on": Field(
        "when it was bought",
        "Purchase date | Purchased on | Bought on | Aankoopdatum | Date d'achat | Acquisition date | Purchased",
        "day",
    ),
    "warranty_until": Field(
        "until when the warranty holds",
        "Warranty expiry | Warranty until | Warranty expires | Warranty end | Warranty expiration"
        " | Warranty end date"
        " | Garantie tot | Fin de garantie | Garantie | Warranty expiration date | Warranty",
        "day",
    ),
    "managed_by": Field("what manages it", "Managed by | Management agent | MDM | Beheerd door | Is managed"),
    "ownership": Field(
        "whose it is", "Ownership | Owner type | Device ownership | Managed device owner type | Eigendom"
    ),
    "compliant": Field(
        "whether it keeps the firm's rules",
        "Compliance | Compliance state | Is compliant | Compliant | Compliance status | Device compliance",
        "yes",
    ),
    "encrypted": Field(
        "whether its disk is encrypted",
        "Encrypted | Is encrypted | Encryption | BitLocker | Encryption status",
        "yes",
    ),
    "price": Field(
        "what it cost",
        "Purchase price | Purchase cost | Price | Cost | Aankoopprijs | Prix d'achat",
        "number",
    ),
    "location": Field("where it stands", "Location | Site | Locatie | Emplacement | Lieu | Room"),
    "status": Field("whether it is used", "Asset status | Device state", weak="Status | Statut | State"),
    "ip": Field("its network address", "IP address | IP | IP-adres | Adresse IP | IPv4 address"),
    "id": Field(
        "the number the program gives it",
        "Device id | Intune device id | Azure AD device id | Azure AD Device ID",
        weak="ID",
    ),
}

CONTRACTS: Mapping[str, Field] = {
    "reference": Field(
        "its number or reference",
        "Contract reference | Contract ref | Contract number | Contract no | Contract id | Agreement number"
        " | Contractnummer | Contractreferentie | Numéro de contrat | N° de contrat | Référence du contrat"
        " | Vertragsnummer",
        weak="Reference | Ref | Referentie | Référence | Number | Nummer | ID",
    ),
    "title": Field(
        "what it is called",
        "Contract title | Contract name | Agreement | Agreement title | Agreement name | Contractnaam | Naam contract"
        " | Titel contract | Intitulé du contrat | Nom du contrat | Vertragsname | Vertrag",
        weak="Title | Name | Contract | Titel | Naam | Titre | Nom | Intitulé | Onderwerp | Objet",
    ),
    "description": Field(
        "what it covers",
        "Contract description | Description of goods and services | Scope | Contractomschrijving",
        weak="Description | Omschrijving | Beschrijving | Beschreibung",
    ),
    "supplier": Field(
        "with whom it is",
        "Supplier company name | Supplier name | Supplier | Vendor | Vendor name | Provider | Contractor"
        " | Leverancier | Naam leverancier | Fournisseur | Nom du fournisseur | Prestataire | Lieferant | Anbieter"
        " | Awarded supplier | Counterparty | Tegenpartij | Cocontractant",
        weak="Company | Party | Partner",
    ),
    "supplier_number": Field(
        "the supplier's number",
        "Company number | Supplier number | Enterprise number | Ondernemingsnummer | Numéro d'entreprise | SIREN"
        " | SIRET | Supplier VAT | KvK-nummer",
    ),
    "start": Field(
        "when it starts",
        "Start date | Contract start date | Contract start | Start | Begin date | Commencement date | Startdatum"
        " | Begindatum | Ingangsdatum | Date de début | Date d'effet | Effective date | Vertragsbeginn",
        "day",
        weak="From | Van | Du",
    ),
    "end": Field(
        "the last day of its first term",
        "End date | Contract end date | Contract end | Einddatum | Date de fin | Vertragsende | Enddatum",
        "day",
        weak="End | Until | To | Tot | Au | Einde",
    ),
    "expires": Field(
        "the day it ends on as things stand, extensions included",
        "Current expiry date | Expiry date | Expiration date | Current end date | Vervaldatum contract"
        " | Date d'expiration | Date d'échéance | Ablaufdatum",
        "day",
        weak="Expiry | Expires",
    ),
    "months": Field(
        "how many months the first term has",
        "Contract duration (months) | Duration (months) | Contract duration | Contract length (months) | Term (months)"
        " | Looptijd (maanden) | Durée (mois) | Laufzeit (Monate) | Initial term (months)",
        "number",
        weak="Duration | Term | Looptijd | Durée | Laufzeit",
    ),
    "extension_months": Field(
        "by how many months it may be extended",
        "Option to extend (months) | Extension (months) | Extension option (months) | Extension period (months)"
        " | Verlengingsoptie (maanden) | Option de prolongation (mois)",
        "number",
    ),
    "extensions": Field(
        "how many extensions there are",
        "How many extensions | Number of extensions | Extensions available | Aantal verlengingen"
        " | Nombre de prolongations",
        "number",
    ),
    "extension_1_taken": Field("whether the first extension was taken", "Extension 1 taken?", "yes"),
    "extension_2_taken": Field("whether the second extension was taken", "Extension 2 taken?", "yes"),
    "renewal_months": Field(
        "by how many months it renews by itself",
        "Renewal term (months) | Auto-renewal (months) | Verlenging (maanden) | Reconduction (mois)",
        "number",
    ),
    "notice_months": Field(
        "how many months before the end notice is given",
        "Notice period (months) | Opzegtermijn (maanden) | Préavis (mois) | Kündigungsfrist (Monate)",
        "number",
    ),
    "notice_days": Field(
        "how many days before the end notice is given",
        "Notice period (days) | Opzegtermijn (dagen) | Préavis (jours) | Kündigungsfrist (Tage) | Notice days",
        "number",
    ),
    "review": Field(
        "when it is to be looked at",
        "Review date | Contract review date | Renewal date | Herzieningsdatum | Date de révision",
        "day",
    ),
    "annual": Field(
        "what it is worth a year",
        "Annual value | Annual contract value | Yearly value | Annual cost | Yearly cost | Estimated annual value"
        " | Jaarwaarde | Jaarlijkse waarde | Jaarbedrag | Jaarkost | Valeur annuelle | Montant annuel"
        " | Coût annuel | Jahreswert",
        "number",
    ),
    "total": Field(
        "what it is worth in all",
        "Total contract value (including extensions) | Total contract value | Total value | Contract value"
        " | Awarded value | Contractwaarde | Totale waarde | Valeur totale | Montant total du contrat | Vertragswert",
        "number",
        weak="Value | Waarde | Valeur",
    ),
    "currency": Field("in which currency", "Currency", weak="Munt | Valuta | Devise | Währung"),
    "department": Field(
        "which part of the firm it is for",
        "Directorate name | Directorate | Department | Service area | Afdeling | Dienst | Département | Abteilung",
        weak="Service | Team",
    ),
    "owner": Field(
        "who decides on it",
        "Contract manager | Contract owner | Responsible officer | Responsible | Contact officer | Contractbeheerder"
        " | Verantwoordelijke | Responsable du contrat | Vertragsverantwortlicher",
        weak="Owner | Responsable | Contact",
    ),
    "process": Field(
        "how it was awarded", "Process used | Procurement process | Procedure type | Procurement method"
    ),
    "category": Field(
        "what kind it is", "ProClass description | Contract type | Contract category | CPV description"
    ),
}

FIELDS: Mapping[Kind, Mapping[str, Field]] = {
    "contracts": CONTRACTS,
    "users": USERS,
    "mfa": MFA,
    "licences": LICENCES,
    "devices": DEVICES,
}


def fields_of(kind: Kind) -> dict[str, str]:
    """What a column of such a list may mean: the field and its plain words."""
    return {name: field.plain for name, field in FIELDS[kind].items()}

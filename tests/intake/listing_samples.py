"""Lists as other programs export them, with invented people, products and devices."""

from __future__ import annotations

M365_ACTIVITY = """\ufeffReport Refresh Date,User Principal Name,Display Name,Is Deleted,Deleted Date,\
Has Exchange License,\
Has OneDrive License,Has SharePoint License,Has Skype For Business License,Has Yammer License,Has Teams License,\
Exchange Last Activity Date,OneDrive Last Activity Date,SharePoint Last Activity Date,\
Skype For Business Last Activity Date,Yammer Last Activity Date,Teams Last Activity Date,\
Exchange License Assign Date,\
OneDrive License Assign Date,SharePoint License Assign Date,Skype For Business License Assign Date,\
Yammer License Assign Date,Teams License Assign Date,Assigned Products
2026-11-01,an@example.com,An Peeters,False,,True,True,True,False,False,True,2026-10-30,2026-09-01,,,,2026-10-31,\
2024-01-01,2024-01-01,2024-01-01,,,2024-01-01,MICROSOFT 365 BUSINESS PREMIUM+VISIO PLAN 2
2026-11-01,bob@example.com,Bob Claes,True,2026-08-01,False,False,False,False,False,False,,,,,,,,,,,,,
"""

ENTRA_USERS = """userPrincipalName,displayName,surname,mail,givenName,objectId,userType,jobTitle,department,\
accountEnabled,usageLocation,streetAddress,state,country,physicalDeliveryOfficeName,city,postalCode,telephoneNumber,\
mobile,authenticationAlternativePhoneNumber,authenticationEmail,alternateEmailAddress,ageGroup,\
consentProvidedForMinor,\
legalAgeGroupClassification
an@example.com,An Peeters,Peeters,an@example.com,An,0001,Member,Bookkeeper,Finance,True,BE,,,Belgium,Gent,Gent,\
9000,,,,,,,,
guest@other.com,Guest,,guest@other.com,,0002,Guest,,,False,,,,,,,,,,,,,,,
"""

M365_USERS = """Block credential,City,Country/Region,Department,Display name,First name,Last name,Licenses,\
Last password change time stamp,User principal name,When created,Password never expires
False,Gent,Belgium,Finance,An Peeters,An,Peeters,Microsoft 365 Business Premium+Power BI Pro,2026-01-05 10:00:00Z,\
an@example.com,2020-03-01 09:00:00Z,True
True,Gent,Belgium,,Old Box,,,Unlicensed,,old@example.com,2019-03-01 09:00:00Z,False
"""

MFA = """id,isAdmin,isMfaCapable,isMfaRegistered,isPasswordlessCapable,isSsprCapable,isSsprEnabled,isSsprRegistered,\
isSystemPreferredAuthenticationMethodEnabled,lastUpdatedDateTime,methodsRegistered,\
systemPreferredAuthenticationMethods,userDisplayName,userPreferredMethodForSecondaryAuthentication,userPrincipalName,\
userType
0001,true,true,true,false,true,true,true,true,2026-10-30T03:00:00Z,"microsoftAuthenticatorPush,mobilePhone",push,\
An Peeters,push,an@example.com,member
0002,false,false,false,false,false,true,false,true,2026-10-30T03:00:00Z,,,Bob Claes,none,bob@example.com,member
"""

M365_LICENCES = """Product Title,Total Licenses,Expired Licenses,Assigned licenses,Status Message
Microsoft 365 Business Premium,25,0,21,
Visio Plan 2,3,1,0,1 expired
"""

SUBSCRIBED_SKUS = """{"@odata.context": "x", "value": [{"skuId": "cbdc14ab-d96c-4c30-b9f4-6ada7cdc1d46",
"skuPartNumber": "SPB", "capabilityStatus": "Enabled", "consumedUnits": 21, "prepaidUnits": {"enabled": 25,
"suspended": 1, "warning": 0, "lockedOut": 0}, "servicePlans": [{"servicePlanName": "EXCHANGE_S_STANDARD"}],
"subscriptionIds": ["0aa1"], "appliesTo": "User"}]}"""

GRAPH_USERS = """[{"id": "1", "userPrincipalName": "an@example.com", "displayName": "An Peeters",
"accountEnabled": true, "signInActivity": {"lastSignInDateTime": "2026-10-30T08:00:00Z"},
"assignedLicenses": [{"skuId": "cbdc14ab", "disabledPlans": []}, {"skuId": "f30db892", "disabledPlans": []}],
"businessPhones": ["+32 9 000 00 00"], "manager": null, "passwordProfile": null}]"""

GRAPH_MFA = """{"value": [{"userPrincipalName": "an@example.com", "userDisplayName": "An Peeters", "isAdmin": true,
"isMfaRegistered": false, "methodsRegistered": ["mobilePhone", "email"]}]}"""

GRAPH_DEVICES = """{"deviceName": "PC-1", "serialNumber": "S1", "operatingSystem": "Windows", \
"lastSyncDateTime": "2026-10-30T08:00:00Z", "userPrincipalName": "an@example.com", "isEncrypted": true}

{"deviceName": "PC-2", "serialNumber": "S2", "operatingSystem": "macOS", "osVersion": "15.1", "isEncrypted": false}
"""

GOOGLE_USERS = """First Name [Required],Last Name [Required],Email Address [Required],Password [Required],\
Password Hash Function [UPLOAD ONLY],Org Unit Path [Required],New Primary Email [UPLOAD ONLY],Status [READ ONLY],\
Last Sign In [READ ONLY],Recovery Email,Employee Title,Department,2sv Enrolled [READ ONLY],2sv Enforced [READ ONLY],\
Total Storage [READ ONLY],Change Password at Next Sign-In
An,Peeters,an@example.com,****,,/Office,,Active,2026/10/30 08:00:00,,Bookkeeper,Finance,True,False,1.21GB,False
Bob,Claes,bob@example.com,****,,/,,Suspended,Never logged in,,,,False,False,0GB,False
"""

GOOGLE_API = """{"kind": "admin#directory#users", "users": [{"primaryEmail": "an@example.com",
"name": {"givenName": "An", "familyName": "Peeters", "fullName": "An Peeters"}, "isAdmin": true, "suspended": false,
"lastLoginTime": "2026-10-30T08:00:00.000Z", "creationTime": "2020-01-01T00:00:00.000Z", "isEnrolledIn2Sv": true,
"isEnforcedIn2Sv": false, "orgUnitPath": "/"}]}"""

INTUNE_DEVICES = """Device ID,Device name,Enrollment date,Last check-in,Azure AD Device ID,OS version,\
Azure AD registered,\
EAS activation ID,Serial number,Manufacturer,Model,EAS activated,IMEI,Last EAS sync time,EAS reason,EAS status,\
Compliance grace period expiration,Security patch level,Wi-Fi MAC,MEID,Subscriber carrier,Total storage,Free storage,\
Management name,Category,UserId,Primary user UPN,Primary user email address,Primary user display name,\
WiFiIPv4Address,WiFiSubnetID,Compliance,Managed by,Ownership,Device state,Intune registered,Supervised,Encrypted,OS
d-1,PC-1,2024-03-01 09:00:00.0000000,2026-10-30 08:00:00.0000000,a-1,10.0.22631,True,,SER1,Dell Inc.,\
Latitude 5440,,,,,,,,,\
,,,,,,,an@example.com,an@example.com,An Peeters,,,Compliant,Intune,Corporate,Managed,True,False,True,Windows
d-2,PHONE-2,2024-03-01 09:00:00.0000000,2026-01-05 08:00:00.0000000,a-2,17.1,True,,SER2,Apple,iPhone 13,,,,,,,,,\
,,,,,,,\
bob@example.com,,Bob Claes,,,Noncompliant,Intune,Personal,Managed,True,False,False,iOS
"""

INVENTORY_NL = """Toestelnaam;Serienummer;Merk;Model;Besturingssysteem;Gebruiker;Aankoopdatum;Garantie tot;\
Aankoopprijs
PC-7;SN7;Lenovo;T14;Windows 11;An Peeters;05/03/2023;05/03/2026;1.249,00
PC-8;SN8;Lenovo;T14;Windows 10;Bob Claes;17/06/2019;17/06/2022;999,50
"""

LICENCES_FR = """Logiciel;Fournisseur;Nombre de licences;Utilisées;Prix unitaire;Devise;Date de renouvellement
Suite de dessin;Dessin SA;10;7;54,90;EUR;31/12/2026
Total;;10;7;;;
"""

TOOL_USERS = """username,email,status,billing-active,has-2fa,userid,fullname,role
an,an@example.com,Active,1,1,U1,An Peeters,Admin
bob,bob@example.com,Deactivated,0,0,U2,Bob Claes,Member
"""

TABLES = {
    "Microsoft 365 activity": (M365_ACTIVITY, "users"),
    "Entra users": (ENTRA_USERS, "users"),
    "Microsoft 365 users": (M365_USERS, "users"),
    "second factors": (MFA, "mfa"),
    "Microsoft 365 licences": (M365_LICENCES, "licences"),
    "Google Workspace users": (GOOGLE_USERS, "users"),
    "Intune devices": (INTUNE_DEVICES, "devices"),
    "an inventory": (INVENTORY_NL, "devices"),
    "software licences": (LICENCES_FR, "licences"),
    "users of another tool": (TOOL_USERS, "users"),
}
JSONS = {
    "subscribedSkus": (SUBSCRIBED_SKUS, "licences"),
    "Graph users": (GRAPH_USERS, "users"),
    "Graph second factors": (GRAPH_MFA, "mfa"),
    "Graph devices, one a line": (GRAPH_DEVICES, "devices"),
    "Google users": (GOOGLE_API, "users"),
}

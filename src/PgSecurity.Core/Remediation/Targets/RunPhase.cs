namespace PgSecurity.Core.Remediation.Targets;

/// <summary>
/// The order of a safe run: what others need comes first, what takes a way in away comes after the other ways in are
/// there, one restart after all that needs one, and locks last, since they stand against deleting.
/// </summary>
public enum RunPhase
{
    /// <summary>Identities of the server, and the vault that its key is in.</summary>
    Identity = 10,

    /// <summary>The key of the server.</summary>
    Encryption = 15,

    /// <summary>The extensions that are allowed: loading one needs it.</summary>
    AllowedExtensions = 20,

    /// <summary>The libraries that are loaded with the next restart.</summary>
    LoadedLibraries = 25,

    /// <summary>Other server parameters.</summary>
    Parameters = 30,

    /// <summary>Where logs go, threat protection.</summary>
    Watching = 40,

    /// <summary>Statements in databases, while every way in is still there that the login may need.</summary>
    Database = 45,

    /// <summary>Entra authentication on.</summary>
    EntraAuthentication = 50,

    /// <summary>Entra administrators that are added.</summary>
    AddAdministrators = 55,

    /// <summary>Entra administrators that are removed.</summary>
    RemoveAdministrators = 57,

    /// <summary>Storage, backup, maintenance, high availability.</summary>
    Server = 60,

    /// <summary>Ways in that are opened: firewall rules, public access, passwords.</summary>
    Open = 65,

    /// <summary>Private endpoint connections that are removed.</summary>
    PrivateEndpoints = 70,

    /// <summary>Firewall rules that are removed or narrowed.</summary>
    CloseFirewall = 75,

    /// <summary>Public access off.</summary>
    ClosePublicAccess = 78,

    /// <summary>Passwords off, or Entra off.</summary>
    CloseAuthentication = 80,

    /// <summary>The one restart.</summary>
    Restart = 90,

    /// <summary>Locks and role assignments.</summary>
    Locks = 95,
}

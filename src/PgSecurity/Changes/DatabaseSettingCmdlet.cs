using System;
using System.Management.Automation;
using PgSecurity.Binding;

namespace PgSecurity.Changes;

/// <summary>A cmdlet that sets something whose guards may have to look into the databases, with a login for that.</summary>
public abstract class DatabaseSettingCmdlet : DisconnectingSettingCmdlet, IDynamicParameters
{
    private readonly DatabaseLoginParameters _login = new();

    /// <inheritdoc/>
    public object GetDynamicParameters() => _login;

    private protected override DatabaseAccess? Databases => DatabaseAccess.Of(this, _login, isAskedFor: false, Array.Empty<string>(), Stop);
}

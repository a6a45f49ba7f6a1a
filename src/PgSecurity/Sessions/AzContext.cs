using System;
using System.Globalization;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using Azure.Core;
using PgSecurity.Azure.Credentials;

namespace PgSecurity.Sessions;

/// <summary>
/// The login of Az.Accounts, where that module is loaded and signed in. Its cmdlets are called by name, on the pipeline's
/// thread, and read by property name: a token is text in old versions and a SecureString in new ones.
/// </summary>
internal sealed class AzContext
{
    private readonly PSCmdlet _cmdlet;

    private AzContext(PSCmdlet cmdlet, string account, string? tenant, string? subscription, string? cloud)
    {
        _cmdlet = cmdlet;
        Account = account;
        TenantId = tenant;
        SubscriptionId = subscription;
        CloudName = cloud;
    }

    /// <summary>Who is signed in.</summary>
    public string Account { get; }

    /// <summary>The tenant.</summary>
    public string? TenantId { get; }

    /// <summary>The subscription in force.</summary>
    public string? SubscriptionId { get; }

    /// <summary>The cloud's name.</summary>
    public string? CloudName { get; }

    /// <summary>Finds the login; null, and why, where there is none.</summary>
    public static AzContext? Find(PSCmdlet cmdlet, out string reason)
    {
        // A command that is not loaded would be loaded by its name: only what is there already is asked.
        bool isLoaded = cmdlet.InvokeCommand.InvokeScript("Get-Module -Name Az.Accounts").Count > 0
            || cmdlet.InvokeProvider.Item.Exists("Function:\\Get-AzAccessToken");
        if (!isLoaded)
        {
            reason = "Az.Accounts is not loaded";
            return null;
        }

        try
        {
            PSObject? context = cmdlet.InvokeCommand.InvokeScript("Get-AzContext -ErrorAction Stop").FirstOrDefault();
            string? account = Text(Member(context, "Account"), "Id");
            reason = "nobody is signed in to Az (Connect-AzAccount)";
            return account is null
                ? null
                : new AzContext(
                    cmdlet,
                    account,
                    Text(Member(context, "Tenant"), "Id"),
                    Text(Member(context, "Subscription"), "Id"),
                    Text(Member(context, "Environment"), "Name") ?? Convert.ToString(Member(context, "Environment"), CultureInfo.InvariantCulture));
        }
        catch (RuntimeException error)
        {
            reason = "Get-AzContext failed: " + error.Message;
            return null;
        }
    }

    /// <summary>A credential that asks Az; only the pipeline's thread may renew it.</summary>
    public HeldTokenCredential Credential() => new("Az context", Ask);

    private AccessToken Ask(string scope)
    {
        const string Suffix = "/.default";
        string resource = scope.EndsWith(Suffix, StringComparison.Ordinal) ? scope.Substring(0, scope.Length - Suffix.Length) : scope;
        PSObject answer = _cmdlet.InvokeCommand
            .InvokeScript("param($resource, $tenant) if ($tenant) { Get-AzAccessToken -ResourceUrl $resource -TenantId $tenant -ErrorAction Stop -WarningAction SilentlyContinue } else { Get-AzAccessToken -ResourceUrl $resource -ErrorAction Stop -WarningAction SilentlyContinue }", resource, TenantId)
            .FirstOrDefault() ?? throw new CredentialException("Get-AzAccessToken gave nothing");
        string? token = Member(answer, "Token") switch
        {
            SecureString secret => new NetworkCredential(string.Empty, secret).Password,
            string text => text,
            _ => null,
        };
        if (string.IsNullOrEmpty(token)) throw new CredentialException("Get-AzAccessToken gave no token");
        DateTimeOffset expires = Member(answer, "ExpiresOn") switch
        {
            DateTimeOffset time => time,
            DateTime time => new DateTimeOffset(time.ToUniversalTime()),
            _ => TokenClaims.Read(token!)?.ExpiresOn ?? DateTimeOffset.UtcNow.AddMinutes(30),
        };
        return new AccessToken(token!, expires);
    }

    private static object? Member(object? item, string name)
    {
        object? value = item is null ? null : PSObject.AsPSObject(item).Properties[name]?.Value;
        return value is PSObject wrapped ? wrapped.BaseObject is PSCustomObject ? wrapped : wrapped.BaseObject : value;
    }

    private static string? Text(object? item, string name) =>
        Convert.ToString(Member(item, name), CultureInfo.InvariantCulture) is { Length: > 0 } text ? text : null;
}

using System;
using System.Collections.Generic;
using System.Linq;
using System.Management.Automation;
using System.Threading;
using System.Threading.Tasks;
using PgSecurity.Azure.Credentials;
using PgSecurity.Database.Sql;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Sessions;

/// <summary>
/// Who logs in to databases: the role and password that were given, or the connection's own identity, whose token is asked for
/// at every log-in and goes to Azure's servers only. Holds no secret that it shows.
/// </summary>
internal sealed class DatabaseIdentity
{
    private static readonly string[] Loopback = { "localhost", "127.0.0.1", "::1" };

    private readonly PSCredential? _given;
    private readonly Connection? _connection;

    private DatabaseIdentity(PSCredential? given, Connection? connection, string userName)
    {
        _given = given;
        _connection = connection;
        UserName = userName;
    }

    /// <summary>The role that logs in.</summary>
    public string UserName { get; }

    /// <summary>A role with its password or, as password, a token that somebody else got.</summary>
    public static DatabaseIdentity Of(PSCredential given) => new(given, null, given.UserName);

    /// <summary>What was given, or else the connection's own identity; ends the cmdlet with one error where neither can be.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="given">The login that was given; null or empty for none.</param>
    /// <param name="userName">The role that the connection's identity has in the server; null for the name of the account.</param>
    /// <param name="stop">Ends the wait.</param>
    public static DatabaseIdentity Of(PgCmdlet cmdlet, PSCredential? given, string? userName, CancellationToken stop)
    {
        if (given is not null && given != PSCredential.Empty)
        {
            if (userName is not null) cmdlet.ThrowTerminatingError(ErrorRecords.ArgumentWrong("-UserName is the role of the connection's own identity; -Credential names its role itself.", "Leave one of them out.", userName));
            return Of(given);
        }

        Connection? connection = RunspaceState.Current.Connection ??= ImplicitConnection.Find(cmdlet, new SessionBuilder(), stop, out IReadOnlyList<string> tried) is { } made
            ? made
            : Missing(cmdlet, tried);
        if (connection!.Session.Tokens is null) Missing(cmdlet, new[] { $"{connection.Session.Source}: it has no tokens for databases" });
        string? role = userName ?? RoleOf(connection.Session.Account);
        if (role is null) cmdlet.ThrowTerminatingError(ErrorRecords.UserNameMissing(connection.Session.Account));
        connection.UseDatabases();
        return new DatabaseIdentity(null, connection, role!);
    }

    /// <summary>The login at servers.</summary>
    /// <param name="roots">A PEM file of roots; null for those of the operating system.</param>
    /// <param name="port">The port of servers whose id does not say theirs.</param>
    public DatabaseLogin ToLogin(string? roots, int port = DatabaseTarget.DefaultPort) => new()
    {
        UserName = UserName, Password = PasswordAsync, RootCertificates = roots, Port = port,
    };

    /// <summary>Renews a token that only the pipeline's thread can renew. Called on that thread.</summary>
    public void Renew() => _connection?.Renew();

    private async Task<string> PasswordAsync(string host, CancellationToken stop)
    {
        if (_given is not null) return _given.GetNetworkCredential().Password;
        AzureSession session = _connection!.Session;

        // With a token of this audience anybody can log in to every server that knows the identity.
        if (!MayGoTo(session.Cloud, host))
        {
            throw new DatabaseException(
                DatabaseFailure.Login,
                $"{host}: the connection's token was not sent: the name does not end in {session.Cloud.DatabaseSuffix}.",
                "Give -Credential for a server that is not Azure's, or is reached by another name.");
        }

        try
        {
            return await session.Tokens!(session.Cloud.DatabaseScope, stop).ConfigureAwait(false);
        }
        catch (Exception refused) when (refused is not OperationCanceledException || !stop.IsCancellationRequested)
        {
            throw new DatabaseException(
                DatabaseFailure.Login, $"{host}: {session.Source} gives no token for {session.Cloud.DatabaseScope}: {FirstLine(refused.Message)}", "Connect with an identity that can have one, or give -Credential.");
        }
    }

    /// <summary>Azure's own names of servers, and this machine, where a tunnel to one may end.</summary>
    internal static bool MayGoTo(AzureCloud cloud, string host) =>
        host.EndsWith(cloud.DatabaseSuffix, StringComparison.OrdinalIgnoreCase) || Loopback.Contains(host, StringComparer.OrdinalIgnoreCase);

    // The role of a person is named as the account; an application's is its display name, which no token tells.
    private static string? RoleOf(string? account) => account?.IndexOf("@", StringComparison.Ordinal) > 0 ? account : null;

    private static Connection? Missing(PgCmdlet cmdlet, IReadOnlyCollection<string> tried)
    {
        cmdlet.ThrowTerminatingError(ErrorRecords.CredentialMissing(tried));
        return null;
    }

    private static string FirstLine(string message) => message.Split('\r', '\n')[0];
}

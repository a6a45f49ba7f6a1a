using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Threading;
using Azure.Core;
using PgSecurity.Azure.Credentials;
using PgSecurity.Errors;
using PgSecurity.Pipeline;

namespace PgSecurity.Sessions;

/// <summary>
/// Connects with what is there: the Az context, a managed identity or workload identity of the environment, an
/// application of the environment, the Azure CLI. What needs a person is used on request only.
/// </summary>
internal sealed class ImplicitConnection
{
    private readonly PgCmdlet _cmdlet;
    private readonly SessionBuilder _builder;
    private readonly CancellationToken _stop;
    private readonly List<string> _tried = new();
    private readonly List<string> _refused = new();

    private ImplicitConnection(PgCmdlet cmdlet, SessionBuilder builder, CancellationToken stop)
    {
        _cmdlet = cmdlet;
        _builder = builder;
        _stop = stop;
    }

    /// <summary>The runspace's connection, made now where there is none.</summary>
    public static Connection Require(PgCmdlet cmdlet, CancellationToken stop)
    {
        RunspaceState state = RunspaceState.Current;
        Connection connection = state.Connection ??= Make(cmdlet, new SessionBuilder(), stop);
        connection.Renew();
        return connection;
    }

    /// <summary>Connects, or ends the cmdlet with one error that lists what was tried and why each failed.</summary>
    public static Connection Make(PgCmdlet cmdlet, SessionBuilder builder, CancellationToken stop)
    {
        Connection? connection = Find(cmdlet, builder, stop, out IReadOnlyList<string> tried);
        if (connection is null) cmdlet.ThrowTerminatingError(ErrorRecords.NotConnected(tried));
        return connection!;
    }

    /// <summary>Connects; null where nothing that is there lets it.</summary>
    /// <param name="cmdlet">The cmdlet.</param>
    /// <param name="builder">Makes the session.</param>
    /// <param name="stop">Ends the wait.</param>
    /// <param name="tried">What was tried, and why each failed.</param>
    public static Connection? Find(PgCmdlet cmdlet, SessionBuilder builder, CancellationToken stop, out IReadOnlyList<string> tried)
    {
        ImplicitConnection attempt = new(cmdlet, builder, stop);
        tried = attempt._tried;
        Connection? connection = attempt.TryAz() ?? attempt.TryEnvironment();
        if (connection is not null) attempt.TellOfRefusals(connection);
        return connection;
    }

    /// <summary>Connects with one credential.</summary>
    /// <exception cref="CredentialException">It gives no token.</exception>
    public static Connection Connect(SessionBuilder builder, TokenCredential credential, string source, CancellationToken stop, HeldTokenCredential? held = null)
    {
        RequestLog requests = new();
        SessionBuilder logged = new() { Cloud = builder.Cloud, Endpoint = builder.Endpoint, Subscriptions = builder.Subscriptions, Log = requests.Add };
        return new Connection(logged.ConnectAsync(credential, source, stop).GetAwaiter().GetResult(), requests, held);
    }

    /// <summary>Connects by the Az context; ends the cmdlet where there is none.</summary>
    public static Connection RequireAz(PgCmdlet cmdlet, SessionBuilder builder, CancellationToken stop)
    {
        ImplicitConnection attempt = new(cmdlet, builder, stop);
        Connection? connection = attempt.TryAz();
        if (connection is null) cmdlet.ThrowTerminatingError(ErrorRecords.NotConnected(attempt._tried));
        return connection!;
    }

    private Connection? TryAz()
    {
        AzContext? context = AzContext.Find(_cmdlet, out string reason);
        if (context is null)
        {
            _tried.Add("Az context: " + reason);
            return null;
        }

        HeldTokenCredential credential = context.Credential();
        SessionBuilder builder = new()
        {
            Cloud = context.CloudName is string name && AzureCloud.Find(name) is AzureCloud cloud ? cloud : _builder.Cloud,
            Endpoint = _builder.Endpoint,
            Subscriptions = _builder.Subscriptions,
        };
        credential.Refresh(Connection.Scopes(builder.Cloud), DateTimeOffset.UtcNow);
        return Try("Az context", builder, () => credential, credential);
    }

    private Connection? TryEnvironment()
    {
        ManagedIdentityEndpoint? endpoint = ManagedIdentityEndpoint.FromEnvironment(Variable);
        Connection? connection = endpoint is null
            ? Skip("managed identity", "neither IDENTITY_ENDPOINT nor MSI_ENDPOINT is set with its secret")
            : Try(endpoint.Name, _builder, () => new ManagedIdentityCredential(endpoint, Variable("AZURE_CLIENT_ID")));
        connection ??= Variable("AZURE_FEDERATED_TOKEN_FILE") is null
            ? Skip("workload identity", "AZURE_FEDERATED_TOKEN_FILE is not set")
            : Try("workload identity", _builder, () => CredentialSource.WorkloadIdentity(_builder.Cloud, null, null));
        bool hasApplication = Variable("AZURE_CLIENT_ID") is not null
            && Variable("AZURE_TENANT_ID") is not null
            && (Variable("AZURE_CLIENT_SECRET") ?? Variable("AZURE_CLIENT_CERTIFICATE_PATH")) is not null;
        connection ??= hasApplication
            ? Try("environment", _builder, () => CredentialSource.Environment(_builder.Cloud))
            : Skip("environment", "AZURE_CLIENT_ID, AZURE_TENANT_ID and a secret or certificate are not all set");
        if (connection is not null) return connection;

        // A runbook cannot start processes. A build agent can: az login is how many of them sign in.
        if (Automation.IsRunbook) return Skip("Azure CLI", "a runbook cannot start it");
        return HasAzureCli()
            ? Try("Azure CLI", _builder, () => CredentialSource.AzureCli(null))
            : Skip("Azure CLI", "az is not on the path");
    }

    // An identity that was there and gave no token may be the one that was meant.
    private void TellOfRefusals(Connection connection)
    {
        if (_refused.Count == 0) return;
        _cmdlet.WriteWarning($"Connected with {connection.Session.Source}. These were tried before it and gave no token: {string.Join("; ", _refused)}.");
    }

    private Connection? Try(string source, SessionBuilder builder, Func<TokenCredential> credential, HeldTokenCredential? held = null)
    {
        try
        {
            return Connect(builder, credential(), source, _stop, held);
        }
        catch (Exception error) when (error is not OperationCanceledException)
        {
            _refused.Add(source + ": " + error.Message);
            return Skip(source, error.Message);
        }
    }

    private Connection? Skip(string source, string reason)
    {
        _tried.Add(source + ": " + reason);
        return null;
    }

    private static string? Variable(string name) => Environment.GetEnvironmentVariable(name) is { Length: > 0 } value ? value : null;

    private static bool HasAzureCli() =>
        (Variable("PATH") ?? string.Empty).Split(Path.PathSeparator).Where(folder => folder.Length > 0)
            .Any(folder => File.Exists(Path.Combine(folder, "az")) || File.Exists(Path.Combine(folder, "az.cmd")));
}

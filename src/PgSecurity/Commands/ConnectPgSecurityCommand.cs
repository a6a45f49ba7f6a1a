using System;
using System.Collections.Generic;
using System.IO;
using System.Linq;
using System.Management.Automation;
using System.Net;
using System.Security;
using Azure.Core;
using PgSecurity.Azure.Credentials;
using PgSecurity.Binding;
using PgSecurity.Controls;
using PgSecurity.Errors;
using PgSecurity.Pipeline;
using PgSecurity.Sessions;

namespace PgSecurity.Commands;

/// <summary>Connects the runspace to Azure, or to a sandbox that answers as Azure does.</summary>
[Cmdlet(VerbsCommunications.Connect, "PgSecurity", DefaultParameterSetName = AutomaticSet)]
[OutputType(typeof(SecurityContext))]
public sealed class ConnectPgSecurityCommand : PgCmdlet
{
    private const string AutomaticSet = "Automatic";
    private const string AzSet = "AzContext";
    private const string ManagedIdentitySet = "ManagedIdentity";
    private const string WorkloadIdentitySet = "WorkloadIdentity";
    private const string EnvironmentSet = "Environment";
    private const string SecretSet = "Secret";
    private const string CertificateSet = "Certificate";
    private const string TokenSet = "AccessToken";
    private const string CliSet = "AzureCli";
    private const string DeviceSet = "DeviceCode";
    private const string BrowserSet = "Browser";
    private const string SandboxSet = "Sandbox";

    /// <summary>Uses the login of Az.Accounts.</summary>
    [Parameter(Mandatory = true, ParameterSetName = AzSet)]
    public SwitchParameter AzContext { get; set; }

    /// <summary>Uses a managed identity.</summary>
    [Parameter(Mandatory = true, ParameterSetName = ManagedIdentitySet)]
    public SwitchParameter ManagedIdentity { get; set; }

    /// <summary>Uses a workload identity.</summary>
    [Parameter(Mandatory = true, ParameterSetName = WorkloadIdentitySet)]
    public SwitchParameter WorkloadIdentity { get; set; }

    /// <summary>Uses the application that environment variables name.</summary>
    [Parameter(Mandatory = true, ParameterSetName = EnvironmentSet)]
    public SwitchParameter FromEnvironment { get; set; }

    /// <summary>The client id and the secret of an application.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Credential]
    public PSCredential Credential { get; set; } = PSCredential.Empty;

    /// <summary>A file with the certificate of an application and its key.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    public string CertificatePath { get; set; } = string.Empty;

    /// <summary>An access token for Azure Resource Manager.</summary>
    [Parameter(Mandatory = true, ParameterSetName = TokenSet)]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>Uses the login of the Azure CLI.</summary>
    [Parameter(Mandatory = true, ParameterSetName = CliSet)]
    public SwitchParameter AzureCli { get; set; }

    /// <summary>Signs a person in by a code.</summary>
    [Parameter(Mandatory = true, ParameterSetName = DeviceSet)]
    public SwitchParameter DeviceCode { get; set; }

    /// <summary>Signs a person in with a browser on this machine.</summary>
    [Parameter(Mandatory = true, ParameterSetName = BrowserSet)]
    public SwitchParameter Browser { get; set; }

    /// <summary>Uses a sandbox.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SandboxSet)]
    public SwitchParameter Sandbox { get; set; }

    /// <summary>The snapshot that the sandbox is made from.</summary>
    [Parameter(ParameterSetName = SandboxSet)]
    public string? Snapshot { get; set; }

    /// <summary>The client id of an application or of a user-assigned identity.</summary>
    [Parameter(ParameterSetName = ManagedIdentitySet)]
    [Parameter(ParameterSetName = WorkloadIdentitySet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    public string? ClientId { get; set; }

    /// <summary>The tenant.</summary>
    [Parameter(Mandatory = true, ParameterSetName = SecretSet)]
    [Parameter(Mandatory = true, ParameterSetName = CertificateSet)]
    [Parameter(ParameterSetName = WorkloadIdentitySet)]
    [Parameter(ParameterSetName = CliSet)]
    [Parameter(ParameterSetName = DeviceSet)]
    [Parameter(ParameterSetName = BrowserSet)]
    public string? TenantId { get; set; }

    /// <summary>Subscriptions that are meant where none is named.</summary>
    [Parameter]
    [ArgumentCompleter(typeof(SubscriptionCompleter))]
    public string[] Subscription { get; set; } = Array.Empty<string>();

    /// <summary>The cloud.</summary>
    [Parameter]
    [ValidateSet("AzureCloud", "AzureUSGovernment", "AzureChinaCloud")]
    public string Cloud { get; set; } = "AzureCloud";

    /// <summary>Another address of Azure Resource Manager.</summary>
    [Parameter]
    public Uri? Endpoint { get; set; }

    /// <inheritdoc/>
    protected override void ProcessRecord()
    {
        Connection connection = Connect();
        RunspaceState.Current.Connection = connection;
        WriteObject(connection.ToContext());
    }

    private Connection Connect()
    {
        if (ParameterSetName == SandboxSet) return ConnectSandbox();
        SessionBuilder builder = Builder();
        switch (ParameterSetName)
        {
            case AutomaticSet:
                return ImplicitConnection.Make(this, builder, Stop);
            case AzSet:
                return ImplicitConnection.RequireAz(this, builder, Stop);
            default:
                (string source, Func<TokenCredential> credential) = Source(builder.Cloud);
                return Connect(builder, source, credential);
        }
    }

    private Connection Connect(SessionBuilder builder, string source, Func<TokenCredential> credential)
    {
        try
        {
            return ImplicitConnection.Connect(builder, credential(), source, Stop);
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
        catch (Exception refused) when (refused is CredentialException or ArgumentException or InvalidOperationException or IOException)
        {
            ThrowTerminatingError(ErrorRecords.CredentialRefused(source, refused));
            throw;
        }
    }

    private SessionBuilder Builder()
    {
        if (Endpoint is not null)
        {
            try
            {
                _ = new Azure.Arm.ArmEndpoint(Endpoint);
            }
            catch (ArgumentException wrong)
            {
                ThrowTerminatingError(ErrorRecords.ArgumentWrong(wrong.Message, "Give an address that begins with https://.", Endpoint));
            }
        }

        return new SessionBuilder { Cloud = AzureCloud.Find(Cloud)!, Endpoint = Endpoint, Subscriptions = Subscription };
    }

    private (string Source, Func<TokenCredential> Credential) Source(AzureCloud cloud) => ParameterSetName switch
    {
        ManagedIdentitySet => ManagedIdentitySource(),
        WorkloadIdentitySet => ("workload identity", () => CredentialSource.WorkloadIdentity(cloud, TenantId, ClientId)),
        EnvironmentSet => ("environment", () => CredentialSource.Environment(cloud)),
        SecretSet => ("application with a secret", () => CredentialSource.ClientSecret(cloud, TenantId!, Credential.UserName, Credential.GetNetworkCredential().Password)),
        CertificateSet => ("application with a certificate", () => CredentialSource.ClientCertificate(cloud, TenantId!, ClientId!, FilePaths.ResolveLiteral(this, CertificatePath)[0])),
        TokenSet => ("access token", () => new FixedTokenCredential(new NetworkCredential(string.Empty, AccessToken).Password, cloud.ResourceManagerScope)),
        CliSet => ("Azure CLI", () => CredentialSource.AzureCli(TenantId)),
        DeviceSet => ("device code", () => CredentialSource.DeviceCode(cloud, TenantId, message => Host.UI.WriteLine(message))),
        _ => ("browser", () => CredentialSource.Browser(cloud, TenantId)),
    };

    private (string Source, Func<TokenCredential> Credential) ManagedIdentitySource()
    {
        ManagedIdentityEndpoint endpoint = ManagedIdentityEndpoint.FromEnvironment(Environment.GetEnvironmentVariable) ?? ManagedIdentityEndpoint.Imds;
        return (endpoint.Name, () => new ManagedIdentityCredential(endpoint, ClientId));
    }

    private Connection ConnectSandbox()
    {
        if (Endpoint is not null || MyInvocation.BoundParameters.ContainsKey(nameof(Cloud)))
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong(
                "-Cloud and -Endpoint say where Azure is, and a sandbox is in this process.",
                "Leave them out, or leave -Sandbox out.",
                Endpoint));
        }

        string? path = Snapshot is null ? ModuleFiles.SampleEstate : FilePaths.ResolveLiteral(this, Snapshot).FirstOrDefault();
        try
        {
            return path is null ? throw new FileNotFoundException($"There is no file '{Snapshot}'.") : SandboxConnection.Make(path, Subscription);
        }
        catch (Exception wrong) when (wrong is IOException or FormatException or UnauthorizedAccessException)
        {
            ThrowTerminatingError(ErrorRecords.ArgumentWrong(wrong.Message, "Give a snapshot that Export-PgSecuritySnapshot wrote.", Snapshot));
            throw;
        }
    }
}

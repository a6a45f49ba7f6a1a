using System;
using System.Management.Automation;
using System.Security;
#if NET8_0_OR_GREATER
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using PgSecurity.Database.Encryption;
#endif
using PgSecurity.Errors;

namespace PgSecurity.Pipeline;

/// <summary>
/// A cmdlet of client-side encryption: the wrapping key that the caller allows. Windows PowerShell has neither AES-GCM nor
/// HKDF; there it is one error that says so, never another algorithm.
/// </summary>
public abstract class EncryptionCmdlet : PgCmdlet
{
    private protected const string KeyVaultSet = "KeyVault";
    private protected const string LocalSet = "Local";

    /// <summary>The URI of the key in Key Vault that wraps data keys.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeyVaultSet)]
    public string KeyVaultKey { get; set; } = "";

    /// <summary>A token for Key Vault.</summary>
    [Parameter(Mandatory = true, ParameterSetName = KeyVaultSet)]
    public SecureString AccessToken { get; set; } = new();

    /// <summary>The file of a local wrapping key, for tests.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public string LocalKeyFile { get; set; } = "";

#if NET8_0_OR_GREATER
    private HttpClient? _client;
    private LocalKeyWrapper? _local;

    /// <summary>What wraps and unwraps.</summary>
    private protected IKeyWrapper Wrapper(bool mayCreate)
    {
        if (ParameterSetName == KeyVaultSet)
        {
            _client ??= new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
            return new KeyVaultWrapper(KeyVaultKey, _ => Task.FromResult(new NetworkCredential("", AccessToken).Password), _client);
        }

        string path = GetUnresolvedProviderPathFromPSPath(LocalKeyFile);
        return _local ??= mayCreate ? LocalKeyWrapper.OpenOrCreate(path) : LocalKeyWrapper.Open(path);
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client?.Dispose();
            _local?.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>Does what may fail for want of a key: a failure ends the pipeline.</summary>
    private protected T OrEnd<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (EncryptionException failure)
        {
            ThrowTerminatingError(ErrorRecords.KeyUnusable(failure, failure.Advice));
            throw;
        }
        catch (OperationCanceledException) when (Stop.IsCancellationRequested)
        {
            throw new PipelineStoppedException();
        }
    }
#else
    /// <inheritdoc/>
    protected override void BeginProcessing() => ThrowTerminatingError(ErrorRecords.EncryptionNeedsPowerShell7());
#endif
}

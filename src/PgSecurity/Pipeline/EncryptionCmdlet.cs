using System;
using System.Management.Automation;
using System.Security;
#if NET8_0_OR_GREATER
using System.Collections.Generic;
using System.Net;
using System.Net.Http;
using System.Threading.Tasks;
using PgSecurity.Azure.Credentials;
using PgSecurity.Database.Encryption;
using PgSecurity.Sessions;
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

    /// <summary>A token for Key Vault; without it the session's identity gets one.</summary>
    [Parameter(ParameterSetName = KeyVaultSet)]
    public SecureString? AccessToken { get; set; }

    /// <summary>The file of a local wrapping key, for tests.</summary>
    [Parameter(Mandatory = true, ParameterSetName = LocalSet)]
    public string LocalKeyFile { get; set; } = "";

#if NET8_0_OR_GREATER
    private readonly List<LocalKeyWrapper> _local = new();
    private HttpClient? _client;

    /// <summary>What wraps and unwraps, as the parameters name it.</summary>
    private protected IKeyWrapper Wrapper(bool mayCreate) =>
        ParameterSetName == KeyVaultSet ? VaultWrapper(KeyVaultKey) : LocalWrapper(LocalKeyFile, mayCreate);

    /// <summary>A wrapping key in Key Vault, with the token that was given or one of the session's identity.</summary>
    private protected IKeyWrapper VaultWrapper(string key)
    {
        _client ??= new HttpClient { Timeout = TimeSpan.FromSeconds(30) };
        if (AccessToken is SecureString given) return new KeyVaultWrapper(key, _ => Task.FromResult(new NetworkCredential("", given).Password), _client);

        Connection? connection = null;
        KeyVaultWrapper wrapper = new(key, stop => connection!.VaultTokenAsync(new Uri(key).Host, stop), _client);
        connection = ImplicitConnection.Require(this, Stop);
        connection.UseVaults();
        return wrapper;
    }

    /// <summary>A wrapping key in a file.</summary>
    private protected IKeyWrapper LocalWrapper(string file, bool mayCreate)
    {
        string path = GetUnresolvedProviderPathFromPSPath(file);
        LocalKeyWrapper wrapper = mayCreate ? LocalKeyWrapper.OpenOrCreate(path) : LocalKeyWrapper.Open(path);
        _local.Add(wrapper);
        return wrapper;
    }

    /// <inheritdoc/>
    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            _client?.Dispose();
            _local.ForEach(wrapper => wrapper.Dispose());
        }

        base.Dispose(disposing);
    }

    /// <summary>Does what may fail for want of a key: a failure ends the pipeline.</summary>
    private protected T OrEnd<T>(Func<T> action)
    {
        try
        {
            return OrEndWithoutToken(action);
        }
        catch (EncryptionException failure)
        {
            ThrowTerminatingError(ErrorRecords.KeyUnusable(failure, failure.Advice));
            throw;
        }
    }

    /// <summary>Does what may fail for want of a token, for every key alike: that ends the pipeline.</summary>
    private protected T OrEndWithoutToken<T>(Func<T> action)
    {
        try
        {
            return action();
        }
        catch (CredentialException cannot)
        {
            ThrowTerminatingError(ErrorRecords.KeyUnusable(
                cannot, "Connect as an identity that may use the key (Connect-PgSecurity; the role Key Vault Crypto User), or give a token for Key Vault with -AccessToken."));
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

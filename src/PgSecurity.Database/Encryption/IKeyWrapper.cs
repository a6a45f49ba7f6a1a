using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Database.Encryption;

/// <summary>Wraps and unwraps data keys with a key that stays where it is: in Key Vault, or in a local file for tests.</summary>
public interface IKeyWrapper
{
    /// <summary>Wraps a data key.</summary>
    /// <exception cref="EncryptionException">It could not be done.</exception>
    Task<WrappedKey> WrapAsync(byte[] dataKey, CancellationToken stop);

    /// <summary>Unwraps a data key.</summary>
    /// <exception cref="EncryptionException">It could not be done.</exception>
    Task<byte[]> UnwrapAsync(WrappedKey wrapped, CancellationToken stop);
}

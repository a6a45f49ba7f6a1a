using System.Collections.Generic;
using System.Text.Json;
using System.Text.Json.Nodes;
using System.Threading;
using System.Threading.Tasks;

namespace PgSecurity.Core.Remediation.Service;

/// <summary>
/// What the road of a change needs of Azure: reading a resource or a list, and a write that is followed to the end of its
/// operation. An id is one of Resource Manager's, or the https address of something in a vault. Safe for many threads.
/// </summary>
public interface IResourceService
{
    /// <summary>Reads a resource; null where there is none.</summary>
    /// <exception cref="ServiceFault">It could not be told.</exception>
    Task<JsonElement?> FindAsync(string id, CancellationToken stop);

    /// <summary>Reads a whole list.</summary>
    /// <exception cref="ServiceFault">It could not be read to its end.</exception>
    Task<IReadOnlyList<JsonElement>> ListAsync(string collection, CancellationToken stop);

    /// <summary>Writes, and waits for the operation's end. What is reported as done must still be read back.</summary>
    /// <exception cref="ServiceFault">It was refused, its operation failed, or its answer never came.</exception>
    Task<WriteReceipt> WriteAsync(WriteMethod method, string id, JsonNode? body, CancellationToken stop);

    /// <summary>Writes, and does not wait for the operation that the service may begin.</summary>
    /// <exception cref="ServiceFault">It was refused, or its answer never came.</exception>
    Task<WriteReceipt> StartAsync(WriteMethod method, string id, JsonNode? body, CancellationToken stop);
}

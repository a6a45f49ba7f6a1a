namespace PgSecurity.Azure.Arm;

/// <summary>What kind of thing went wrong with a request.</summary>
public enum ArmFaultKind
{
    /// <summary>The request was refused as wrong (400 and other 4xx without a kind of their own).</summary>
    BadRequest,

    /// <summary>There is no token, or it was refused (401).</summary>
    Unauthorized,

    /// <summary>The identity lacks an action (403); <see cref="ArmFault.MissingAction"/> names it where the service does.</summary>
    Forbidden,

    /// <summary>There is no such resource, group, subscription or operation (404).</summary>
    NotFound,

    /// <summary>Something else is under way, or a lock is in the way (409, 412, 423).</summary>
    Conflict,

    /// <summary>Too many requests (429), and still so after the retries.</summary>
    Throttled,

    /// <summary>The service failed (5xx), and still so after the retries.</summary>
    Service,

    /// <summary>A long-running operation ended as Failed. The HTTP status was 200 or 202.</summary>
    OperationFailed,

    /// <summary>A long-running operation ended as Canceled.</summary>
    OperationCanceled,

    /// <summary>The host's name could not be resolved.</summary>
    Dns,

    /// <summary>The connection could not be secured: a certificate or a protocol was refused.</summary>
    Tls,

    /// <summary>The connection was refused, reset or broken off in the middle of an answer.</summary>
    Network,

    /// <summary>No answer came in time, or an operation did not end in time.</summary>
    Timeout,

    /// <summary>The answer was no JSON, or not the JSON that was expected.</summary>
    Malformed,
}

namespace PgSecurity.Sandbox.Faults;

/// <summary>What goes wrong.</summary>
public enum FaultKind
{
    /// <summary>The request is answered with a status and an error body, and does nothing.</summary>
    Status,

    /// <summary>The answer comes late.</summary>
    Delay,

    /// <summary>The connection is reset before the request has done anything.</summary>
    Reset,

    /// <summary>The connection is reset after the request has done its work: the client cannot know.</summary>
    ResetAfterEffect,

    /// <summary>The request does its work, and the body of the answer ends in its middle.</summary>
    TruncatedBody,

    /// <summary>The request does its work, and the body of the answer is not JSON.</summary>
    MalformedJson,

    /// <summary>The write is accepted and its operation then fails, without effect.</summary>
    FailedOperation,

    /// <summary>The write is accepted and its operation is then canceled, without effect.</summary>
    CanceledOperation,

    /// <summary>The write is accepted and its operation succeeds, without effect.</summary>
    SucceedsWithoutEffect,

    /// <summary>The token has expired: 401 <c>ExpiredAuthenticationToken</c>.</summary>
    ExpiredToken,

    /// <summary>The identity may not do this: 403 <c>AuthorizationFailed</c>, with the missing action.</summary>
    Forbidden,
}

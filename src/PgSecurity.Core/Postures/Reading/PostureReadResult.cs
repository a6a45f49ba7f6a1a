namespace PgSecurity.Core.Postures.Reading;

/// <summary>One thing that a reader met: a posture, an error, or a notice. Exactly one of the three is there.</summary>
public sealed class PostureReadResult
{
    private PostureReadResult(Posture? posture, InputError? error, InputNotice? notice)
    {
        Posture = posture;
        Error = error;
        Notice = notice;
    }

    /// <summary>The posture, or null.</summary>
    public Posture? Posture { get; }

    /// <summary>What could not be read, or null.</summary>
    public InputError? Error { get; }

    /// <summary>What was left out on purpose, or null.</summary>
    public InputNotice? Notice { get; }

    /// <summary>A posture that was read.</summary>
    public static PostureReadResult Of(Posture posture) => new(posture, null, null);

    /// <summary>Something that could not be read.</summary>
    public static PostureReadResult Of(InputError error) => new(null, error, null);

    /// <summary>Something that was left out on purpose.</summary>
    public static PostureReadResult Of(InputNotice notice) => new(null, null, notice);
}

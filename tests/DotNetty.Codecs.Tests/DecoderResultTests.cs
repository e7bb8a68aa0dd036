namespace DotNetty.Codecs.Tests;

public sealed class DecoderResultTests
{
    [Fact]
    public void Tells_what_became_of_decoding()
    {
        var cause = new FormatException("bad");
        DecoderResult failure = DecoderResult.Failure(cause);

        Assert.Equal((true, true, false), Flags(DecoderResult.Success));
        Assert.Equal((false, false, false), Flags(DecoderResult.Unfinished));
        Assert.Equal((true, false, true), Flags(failure));
        Assert.Same(cause, failure.Cause);
        Assert.Null(DecoderResult.Success.Cause);
        Assert.Null(DecoderResult.Unfinished.Cause);
    }

    [Fact]
    public void Writes_itself_as_it_is()
    {
        Assert.Equal("success", DecoderResult.Success.ToString());
        Assert.Equal("unfinished", DecoderResult.Unfinished.ToString());
        Assert.Contains("bad", DecoderResult.Failure(new FormatException("bad")).ToString(), StringComparison.Ordinal);
    }

    [Fact]
    public void A_failure_has_a_cause()
    {
        Assert.Throws<ArgumentNullException>(() => DecoderResult.Failure(null!));
    }

    private static (bool Finished, bool Success, bool Failure) Flags(DecoderResult result) => (result.IsFinished, result.IsSuccess, result.IsFailure);
}

#nullable disable
namespace DotNetty.Codecs;

/// <summary>A message that says what became of its decoding, so that a failure travels the pipeline in its place.</summary>
public interface IDecoderResultProvider
{
    DecoderResult Result { get; set; }
}

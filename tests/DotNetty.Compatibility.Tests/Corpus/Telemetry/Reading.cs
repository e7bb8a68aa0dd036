namespace Acme.Telemetry;

public class Reading
{
    public int Sensor { get; set; }

    public string Name { get; set; } = "";

    public float Temperature { get; set; }

    public double Pressure { get; set; }

    public long Timestamp { get; set; }

    public int Counter { get; set; }

    public ushort Flags { get; set; }

    public byte[] Raw { get; set; } = Array.Empty<byte>();
}
